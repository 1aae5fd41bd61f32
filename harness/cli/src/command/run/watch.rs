//! `marslab run --watch`.

use std::io::{self, Write};
use std::path::PathBuf;

use super::super::program::program;
use crate::args::Run;
use crate::error::CliError;
use crate::exit::Exit;
use crate::interrupt::heard;
use crate::paint_for;
use crate::reports;
use crate::select;
use crate::watched::Watched;

/// Runs the plays each time that a file changes. Returns only on an error that no change of a file can remove.
pub(super) fn run(
    out: &mut dyn Write,
    args: &Run,
    once: fn(&mut dyn Write, &Run) -> Result<Exit, CliError>,
) -> Result<Exit, CliError> {
    let reads_stdin = args.filters.iter().any(|word| word == select::STDIN);
    if reads_stdin || reports::use_stdout(args) {
        return Err(CliError::WatchedStdout);
    }
    // Before the first run: what changes meanwhile is noticed after it.
    let mut watched = Watched::new(files(args)?);
    if watched.count() == 0 {
        return Err(CliError::NothingToWatch);
    }
    let interrupt = heard()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    loop {
        match once(out, args) {
            Ok(Exit::Interrupted) => return Ok(Exit::Interrupted),
            Ok(_) => {}
            Err(error) if is_of_a_file(&error) => {
                error.print(&mut anstream::stderr(), paint_for(&io::stderr()))?;
            }
            Err(error) => return Err(error),
        }
        let files = if watched.count() == 1 { "file" } else { "files" };
        writeln!(out, "\nwatching {} {files}; Ctrl-C ends", watched.count())?;
        out.flush()?;
        let changed = runtime.block_on(async {
            tokio::select! {
                changed = watched.wait() => Some(changed),
                () = interrupt.wait() => None,
            }
        });
        let Some(changed) = changed else { return Ok(Exit::Interrupted) };
        writeln!(out, "\n--- `{}` has changed ---\n", changed.display())?;
    }
}

/// The scenario files that are played, and those that the subject's command names.
fn files(args: &Run) -> Result<Vec<PathBuf>, CliError> {
    let mut files = select::files(&args.filters);
    if let Some(command) = &args.subject {
        files.extend(program(command, &args.program)?.files());
    }
    Ok(files)
}

/// Whether a change of a file can remove it.
const fn is_of_a_file(error: &CliError) -> bool {
    matches!(
        error,
        CliError::InvalidScenarios(_)
            | CliError::Clash { .. }
            | CliError::SubjectNotStarted { .. }
            | CliError::NothingFailed
    )
}
