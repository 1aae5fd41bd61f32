//! `marslab check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use marslab::play::fit;
use marslab::scenario::{Problem, Problems, ReadError, Scenario, Source, read};
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
        let scenario = match read(file, corpus::library()) {
            Ok(scenario) => scenario,
            Err(error) => {
                bad.push(error);
                continue;
            }
        };
        let found = fit::problems(&scenario).map_err(CliError::NotTried)?;
        let is_refused = found.iter().any(|problem| !problem.is_warning());
        let problems = (!found.is_empty()).then(|| located(file, &scenario, found));
        if let (true, Some(problems)) = (is_refused, &problems) {
            bad.push(ReadError::Bad(Box::new(problems.clone())));
            continue;
        }
        for warnings in scenario.warnings.iter().chain(&problems) {
            writeln!(anstream::stderr(), "{}\n", warnings.render(paint_for(&io::stderr())))?;
        }
        let count = scenario.plays.len();
        let plays = if count == 1 { "play" } else { "plays" };
        writeln!(out, "ok: {} ({count} {plays})", file.display())?;
    }
    if bad.is_empty() { Ok(Exit::Success) } else { Err(CliError::InvalidScenarios(bad)) }
}

/// What was found, in the text of its file.
fn located(file: &Path, scenario: &Scenario, found: Vec<Problem>) -> Problems {
    let text = scenario.plays.iter().find_map(|play| match &play.source {
        Source::File(file) => Some(file.text.as_str()),
        Source::Parts(_) => None,
    });
    Problems::new(&file.display().to_string(), text.unwrap_or_default(), found)
}
