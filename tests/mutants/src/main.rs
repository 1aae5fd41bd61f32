//! How strong the tests are: mutants of the reference core, of the judge and the plays, and of the actions.
//!
//! `cargo run -p marslab-mutants` tries every mutant of a [`Target`] that cargo-mutants lists: has the target's tests notice
//! it? Then it says what was caught, and fails where a mutant survived without a reason in the target's `survivors.toml`,
//! where a reason there is no longer needed, or where too few were caught. Of the core it writes `scenarios/CATCHES.md`.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`target`] | what is mutated, and which tests have to notice |
//! | [`listed`] | a mutant as cargo-mutants lists it |
//! | [`switched`] | trying them in one build, each behind a switch |
//! | [`tool`] | calling cargo-mutants, which tries by itself what can have no switch |
//! | [`fate`] | what became of each mutant |
//! | [`reasons`] | why some may survive, and whether that is still so |
//! | [`page`] | `scenarios/CATCHES.md` |
//!
//! The corpus as one test of the core is [`core/corpus.rs`](../core/corpus.rs).

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::fate::{Fate, Mutant};
use crate::reasons::Reasons;
use crate::target::Target;

mod fate;
mod listed;
mod page;
mod reasons;
mod switched;
mod target;
mod tool;

/// Mutants of the reference core, of the judge and the plays, or of the actions, each tried by the tests that must notice.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// What is mutated.
    #[arg(long, value_enum, value_name = "TARGET", default_value_t = Target::Core)]
    of: Target,
    /// Only one in eight of the mutants that need no build of their own, others after each change of the code, and no page.
    #[arg(long)]
    sample: bool,
    /// Only the mutants of these files, and no page.
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,
}

impl Args {
    const fn is_whole(&self) -> bool {
        !self.sample && self.file.is_empty()
    }

    /// How many plays that notice a mutant are enough: who notices is the page's matter.
    fn enough(&self) -> usize {
        if self.of == Target::Core && !self.sample { ENOUGH } else { 1 }
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
    let mut listed = tool::list(target, &args.file)?;
    if listed.is_empty() {
        return Err(io::Error::other(
            "no mutant is in these files; `--file` takes a path or a glob",
        ));
    }
    if args.sample {
        listed = tool::sample(target, listed)?;
    }
    let mut mutants = switched::run(target, &listed, args.enough())?;
    let tried: BTreeSet<&str> = mutants.iter().map(|it| it.name.as_str()).collect();
    listed.retain(|it| !tried.contains(it.name.as_str()));
    if args.sample {
        writeln!(io::stdout(), "not tried, as each needs a build of its own: {}", listed.len())?;
    } else {
        mutants.extend(tool::run(target, &listed)?);
    }
    let mut complaints = reasons.unexplained(&mutants);
    complaints.extend(reasons.strangers(&tool::list(target, &[])?));
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

/// A scenario with all its cases is rarely more than this. What many plays notice tells nothing of a single one.
const ENOUGH: usize = 12;
