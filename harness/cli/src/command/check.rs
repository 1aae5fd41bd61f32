//! `marslab check`.

use std::io::Write;
use std::path::PathBuf;

use marslab::corpus;
use marslab::scenario::read;

use crate::error::CliError;
use crate::exit::Exit;

/// Reads scenario files. Good ones get a line each, bad ones are an error with all of their mistakes.
pub(super) fn check(out: &mut dyn Write, files: &[PathBuf]) -> Result<Exit, CliError> {
    let mut bad = Vec::new();
    for file in files {
        match read(file, corpus::library()) {
            Ok(scenario) => {
                let count = scenario.plays.len();
                let plays = if count == 1 { "play" } else { "plays" };
                writeln!(out, "good  {}: {count} {plays}", file.display())?;
            }
            Err(error) => bad.push(error),
        }
    }
    if bad.is_empty() { Ok(Exit::Good) } else { Err(CliError::Scenarios(bad)) }
}
