//! `marslab check`.

use std::io::{self, Write};
use std::path::PathBuf;

use marslab::packs::Pack;
use marslab::play::fit;
use marslab::scenario::{Play, Problems, ReadError, Scenario, read};
use marslab::{corpus, packs};

use crate::error::CliError;
use crate::exit::Exit;
use crate::paint_for;

/// Checks scenario files, and packs. Valid ones get a line each, after their warnings; invalid ones are an error with all of their
/// mistakes.
pub(super) fn run(out: &mut dyn Write, files: &[PathBuf]) -> Result<Exit, CliError> {
    let mut bad = Vec::new();
    for pack in packs::loaded() {
        let before = bad.len();
        for scenario in corpus::corpus().iter().filter(|it| is_of(it, pack)) {
            check(scenario, &mut bad)?;
        }
        if bad.len() == before {
            let folder = pack.folder.display();
            writeln!(out, "ok: {folder} ({})", count(pack.files.len(), "scenario"))?;
        }
    }
    for file in files {
        match read(file, corpus::library()) {
            Ok(scenario) if check(&scenario, &mut bad)? => {
                writeln!(out, "ok: {} ({})", file.display(), count(scenario.plays.len(), "play"))?;
            }
            Ok(_) => {}
            Err(error) => bad.push(error),
        }
    }
    if bad.is_empty() { Ok(Exit::Success) } else { Err(CliError::InvalidScenarios(bad)) }
}

fn is_of(scenario: &Scenario, pack: &Pack) -> bool {
    let file = scenario.plays.first().and_then(Play::file);
    file.is_some_and(|file| file.pack.as_ref() == Some(&pack.name))
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Whether what a scenario asks for fits its world; if not, the mistakes are added to `bad`. Warnings are printed.
fn check(scenario: &Scenario, bad: &mut Vec<ReadError>) -> Result<bool, CliError> {
    let found = fit::problems(scenario).map_err(CliError::NotTried)?;
    let is_refused = found.iter().any(|problem| !problem.is_warning());
    let file = scenario.plays.first().and_then(Play::file).filter(|_| !found.is_empty());
    let problems = file.map(|file| Problems::new(&file.name, &file.text, found));
    if let (true, Some(problems)) = (is_refused, &problems) {
        bad.push(ReadError::Bad(Box::new(problems.clone())));
        return Ok(false);
    }
    for warnings in scenario.warnings.iter().chain(&problems) {
        writeln!(anstream::stderr(), "{}\n", warnings.render(paint_for(&io::stderr())))?;
    }
    Ok(true)
}
