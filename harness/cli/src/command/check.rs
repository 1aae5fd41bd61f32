//! `marslab check`.

use std::io::{self, Write};
use std::path::PathBuf;

use marslab::scenario::read;
use marslab::{corpus, packs};

use crate::error::CliError;
use crate::exit::Exit;
use crate::paint_for;

/// Checks scenario files. Valid ones get a line each, after their warnings; invalid ones are an error with all of their mistakes.
pub(super) fn run(out: &mut dyn Write, files: &[PathBuf]) -> Result<Exit, CliError> {
    for pack in packs::loaded() {
        let count = pack.files.len();
        let scenarios = if count == 1 { "scenario" } else { "scenarios" };
        writeln!(out, "ok: {} ({count} {scenarios})", pack.folder.display())?;
    }
    let mut bad = Vec::new();
    for file in files {
        match read(file, corpus::library()) {
            Ok(scenario) => {
                let count = scenario.plays.len();
                let plays = if count == 1 { "play" } else { "plays" };
                if let Some(warnings) = &scenario.warnings {
                    let text = warnings.render(paint_for(&io::stderr()));
                    writeln!(anstream::stderr(), "{text}\n")?;
                }
                writeln!(out, "ok: {} ({count} {plays})", file.display())?;
            }
            Err(error) => bad.push(error),
        }
    }
    if bad.is_empty() { Ok(Exit::Success) } else { Err(CliError::InvalidScenarios(bad)) }
}
