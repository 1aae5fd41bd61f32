//! How strong the tests are: mutants of the reference core, of the judge and the plays, and of the actions.
//!
//! `cargo run -p marslab-mutants` lets cargo-mutants make every mutant of a [`Target`], and has the target's tests try each.
//! Then it says what was caught, and fails where a mutant survived without a reason in the target's `survivors.toml`, where a
//! reason there is no longer needed, or where too few were caught. Of the core it writes `scenarios/CATCHES.md`.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`target`] | what is mutated, and which tests have to notice |
//! | [`tool`] | calling cargo-mutants |
//! | [`fate`] | what became of each mutant, read from what cargo-mutants leaves |
//! | [`reasons`] | why some may survive, and whether that is still so |
//! | [`page`] | `scenarios/CATCHES.md` |
//!
//! The corpus as one test of the core is [`core/corpus.rs`](../core/corpus.rs).

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::fate::{Fate, Mutant};
use crate::reasons::Reasons;
use crate::target::Target;

mod fate;
mod page;
mod reasons;
mod target;
mod tool;

/// Mutants of the reference core, of the judge and the plays, or of the actions, each tried by the tests that must notice.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// What is mutated.
    #[arg(long, value_enum, value_name = "TARGET", default_value_t = Target::Core)]
    of: Target,
    /// Only a few mutants, others after each change of the code, and no page.
    #[arg(long)]
    sample: bool,
    /// Only one of N parts, `K/N` with K from 0, and no page.
    #[arg(long, value_name = "K/N", conflicts_with = "sample")]
    part: Option<String>,
    /// Only the mutants of these files, and no page.
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,
    /// No new mutants: reads what runs before have left in these folders, and writes the page from that.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["sample", "part", "file"])]
    read: Vec<PathBuf>,
}

impl Args {
    fn is_whole(&self) -> bool {
        !self.sample && self.part.is_none() && self.file.is_empty()
    }
}

fn main() -> ExitCode {
    match start(&Args::parse()) {
        Ok(complaints) if complaints.is_empty() => ExitCode::SUCCESS,
        Ok(complaints) => failed(&complaints),
        Err(error) => failed(&[error.to_string()]),
    }
}

fn failed(complaints: &[String]) -> ExitCode {
    for complaint in complaints {
        // If printing fails, there is no way to report it.
        drop(writeln!(io::stderr(), "error: {complaint}"));
    }
    ExitCode::FAILURE
}

/// What is wrong with the tests or with the reasons; nothing where all is well.
fn start(args: &Args) -> io::Result<Vec<String>> {
    let target = args.of;
    let reasons = Reasons::read(target)?;
    let mut mutants = if args.read.is_empty() { tool::run(target, args)? } else { Vec::new() };
    for folder in &args.read {
        mutants.extend(fate::read(folder)?);
    }
    let mut complaints = reasons.unexplained(&mutants);
    complaints.extend(reasons.strangers(&tool::list(target)?));
    tell(&mutants, &reasons)?;
    if args.is_whole() {
        complaints.extend(reasons.needless(&mutants));
        complaints.extend(too_few(&mutants));
    }
    if args.is_whole() && target == Target::Core {
        page::write(&mutants, &reasons)?;
    }
    Ok(complaints)
}

fn tell(mutants: &[Mutant], reasons: &Reasons) -> io::Result<()> {
    let mut out = io::stdout();
    for mutant in mutants.iter().filter(|mutant| mutant.fate == Fate::Missed) {
        let why = reasons.of(mutant).unwrap_or("no reason is known");
        writeln!(out, "survived: {mutant} ({why})")?;
    }
    writeln!(out, "{}", fate::Score::of(mutants.iter()))
}

fn too_few(mutants: &[Mutant]) -> Option<String> {
    let score = fate::Score::of(mutants.iter());
    let is_enough = score.caught * 100 >= score.viable() * PERCENT_MIN;
    (!is_enough).then(|| format!("less than {PERCENT_MIN} % were caught: {score}"))
}

/// What tests/README.md promises.
const PERCENT_MIN: usize = 95;
