//! What is made of a run that has ended: reports, and an exit code.

use std::io::{self, Write};

use marslab::report::known::Known;
use marslab::report::{Summary, annotations, json, repeats};

use super::Plan;
use crate::args::Run;
use crate::error::{CliError, print_scenario};
use crate::exit::Exit;
use crate::paint_for;
use crate::reports::Reports;
use crate::select::Refused;

/// Writes the reports, and the annotations to standard output or, where a report is there, to standard error: the service
/// reads both.
pub(super) fn write(
    out: &mut dyn Write,
    args: &Run,
    reports: Reports,
    summary: &Summary,
) -> Result<(), CliError> {
    let is_taken = reports.use_stdout();
    reports.write(out, summary)?;
    match &args.annotations {
        None => {}
        Some(_) if is_taken => annotations::write(&mut io::stderr(), summary)?,
        Some(_) => annotations::write(out, summary)?,
    }
    Ok(())
}

/// Tells which files were refused, and why.
pub(super) fn refused(refused: &[Refused], exit: Exit) -> Result<Exit, CliError> {
    if refused.is_empty() {
        return Ok(exit);
    }
    let (mut err, paint) = (anstream::stderr(), paint_for(&io::stderr()));
    for Refused { error, .. } in refused {
        print_scenario(&mut err, error, paint)?;
    }
    let files: Vec<&str> = refused.iter().map(|refused| refused.file.as_str()).collect();
    writeln!(err, "not run: {}", files.join(", "))?;
    Ok(match exit {
        Exit::LabFailed | Exit::Interrupted => exit,
        _ => Exit::BadInput,
    })
}

/// How the run has ended; an error where repeats, runs or the list of known failures do not agree with it.
pub(super) fn exit(
    args: &Run,
    plan: &Plan<'_>,
    known: &Known,
    summary: &Summary,
) -> Result<Exit, CliError> {
    let exit = Exit::of(known.unexpected(summary));
    if summary.is_interrupted() {
        return Ok(Exit::Interrupted);
    }
    // After an internal error there is nothing to compare.
    if exit == Exit::LabFailed {
        return Ok(exit);
    }
    let deviations = repeats::deviations(summary);
    if !deviations.is_empty() {
        return Err(CliError::RepeatsDiffer(deviations));
    }
    let plays = known.fixed(summary);
    if let Some(path) = args.known.clone().filter(|_| !plays.is_empty()) {
        return Err(CliError::KnownAreFixed { path, plays });
    }
    if args.check_determinism {
        let again = plan.play_silently()?;
        if again.is_interrupted() {
            return Ok(Exit::Interrupted);
        }
        if let Some(found) = json::first_difference(summary, &again) {
            return Err(CliError::RunsDiffer { seed: plan.options.seed, found });
        }
    }
    Ok(exit)
}
