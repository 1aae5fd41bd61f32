//! What became of each mutant, read from what cargo-mutants leaves: `outcomes.json`, and a log for each.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

/// A mutant, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mutant {
    /// Its file, from the root of the workspace.
    pub(crate) file: String,
    /// Its name as cargo-mutants gives it: `FILE:LINE:COLUMN: CHANGE`.
    pub(crate) name: String,
    /// What was changed, without the line, which moves: `replace == with != in look`.
    pub(crate) change: String,
    /// What became of it.
    pub(crate) fate: Fate,
}

/// What happens to a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// These plays were not as expected; none where the core did not come back.
    Caught(Notice),
    /// Every play was as expected.
    Missed,
    /// It does not compile.
    Unviable,
}

/// Who noticed a mutant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The scenarios of the plays that were not as expected.
    pub(crate) scenarios: BTreeSet<String>,
    /// Whether they are so many that the test ended before all were played, or the core did not come back.
    pub(crate) cut_short: bool,
}

/// How many mutants came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Noticed.
    pub(crate) caught: usize,
    /// Not noticed.
    pub(crate) missed: usize,
    /// Not compiled.
    pub(crate) unviable: usize,
}

impl Score {
    /// Counts.
    pub(crate) fn of<'a>(mutants: impl Iterator<Item = &'a Mutant>) -> Self {
        mutants.fold(Self::default(), |mut score, mutant| {
            match mutant.fate {
                Fate::Caught(_) => score.caught += 1,
                Fate::Missed => score.missed += 1,
                Fate::Unviable => score.unviable += 1,
            }
            score
        })
    }

    /// Those that compile.
    pub(crate) const fn viable(&self) -> usize {
        self.caught + self.missed
    }

    /// How many of a thousand viable ones were caught.
    pub(crate) const fn per_mille(&self) -> usize {
        match self.viable() {
            0 => 1_000,
            viable => self.caught * 1_000 / viable,
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { caught, missed, unviable } = self;
        let (whole, tenth) = (self.per_mille() / 10, self.per_mille() % 10);
        let viable = self.viable();
        write!(f, "{caught} of {viable} viable mutants caught ({whole}.{tenth} %), ")?;
        write!(f, "{missed} survived, {unviable} did not compile")
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.change)
    }
}

/// Reads the folder `mutants.out` in `folder`.
///
/// # Errors
///
/// When there is none that can be read.
pub(crate) fn read(folder: &Path) -> io::Result<Vec<Mutant>> {
    let folder = folder.join("mutants.out");
    let Outcomes { outcomes } = serde_json::from_slice(&fs::read(folder.join("outcomes.json"))?)?;
    let mut mutants = Vec::new();
    for Outcome { scenario, summary, log_path } in outcomes {
        let Scenario::Mutant(Named { file, name }) = scenario else { continue };
        let fate = match summary {
            Summary::CaughtMutant | Summary::Timeout => {
                Fate::Caught(notice(&fs::read_to_string(folder.join(log_path))?))
            }
            Summary::MissedMutant => Fate::Missed,
            Summary::Unviable => Fate::Unviable,
            Summary::Success | Summary::Failure => continue,
        };
        mutants.push(Mutant { change: change(&name).to_owned(), file, name, fate });
    }
    Ok(mutants)
}

/// What a mutant's name says after `FILE:LINE:COLUMN: `.
pub(crate) fn change(name: &str) -> &str {
    name.splitn(4, ':').nth(3).unwrap_or(name).trim_start()
}

/// Reads the lines of the test (`corpus.rs`).
pub(crate) fn notice(log: &str) -> Notice {
    let plays = log.lines().filter_map(|line| line.strip_prefix("caught by ")?.split_once(": "));
    let scenario = |(play, _how): (&str, &str)| play.split('/').next().unwrap_or(play).to_owned();
    let all_played = |line: &str| line.ends_with(" not as expected");
    Notice {
        scenarios: plays.map(scenario).collect(),
        cut_short: log.lines().any(|line| line == "and so on") || !log.lines().any(all_played),
    }
}

#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: Summary,
    log_path: String,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant(Named),
}

/// A mutant as cargo-mutants names it.
#[derive(Deserialize)]
pub(crate) struct Named {
    /// Its file, from the root of the workspace.
    pub(crate) file: String,
    /// `FILE:LINE:COLUMN: CHANGE`.
    pub(crate) name: String,
}

#[derive(Deserialize)]
enum Summary {
    Success,
    CaughtMutant,
    MissedMutant,
    Unviable,
    Failure,
    Timeout,
}

#[cfg(test)]
mod tests;
