//! How strong the corpus is: mutants of the reference core, with the corpus on `memory` as the tests.
//!
//! `cargo run -p marslab-mutants` lets cargo-mutants make every mutant of the core, and has [`corpus`](../corpus.rs) test
//! each. Then it says what was caught, writes `scenarios/CATCHES.md`, and fails where a mutant survived without a reason
//! in `tests/mutants/survivors.toml`, where a reason there is no longer needed, or where too few were caught.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`tool`] | calling cargo-mutants |
//! | [`fate`] | what became of each mutant, read from what cargo-mutants leaves |
//! | [`reasons`] | why some may survive, and whether that is still so |
//! | [`page`] | `scenarios/CATCHES.md` |

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::fate::{Fate, Mutant};
use crate::reasons::Reasons;

mod fate;
mod page;
mod reasons;
mod tool;

/// Mutants of the reference core, with the corpus on `memory` as the tests.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Only a few mutants, others after each commit, and no page.
    #[arg(long)]
    sample: bool,
    /// Only the mutants of these files, and no page.
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,
    /// No new mutants: reads what runs before have left in these folders, and writes the page from that.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["sample", "file"])]
    read: Vec<PathBuf>,
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

/// What is wrong with the corpus or with the reasons; nothing where all is well.
fn start(args: &Args) -> io::Result<Vec<String>> {
    let reasons = Reasons::read()?;
    let is_whole = !args.sample && args.file.is_empty();
    let folders = if args.read.is_empty() { vec![tool::run(args)?] } else { args.read.clone() };
    let mut mutants = Vec::new();
    for folder in &folders {
        mutants.extend(fate::read(folder)?);
    }
    let mut complaints = reasons.unexplained(&mutants);
    complaints.extend(reasons.strangers(&tool::list()?));
    tell(&mutants, &reasons)?;
    if is_whole {
        complaints.extend(reasons.needless(&mutants));
        complaints.extend(too_few(&mutants));
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
