//! `marslab show`.

use std::io::Write;

use marslab::catalogue::Catalogue;
use marslab::{corpus, faults, remedies, settings};
use marslab_model::Operation;

use crate::error::CliError;
use crate::names::{listed, nearest};

mod page;
mod parameters;
mod things;

/// Writes everything that is known of one thing.
pub(super) fn show(out: &mut dyn Write, words: &[String]) -> Result<(), CliError> {
    let (kinds, name) = match words {
        [kind, name] => (vec![Thing::of(kind)?], name),
        [name] => (Thing::ALL.to_vec(), name),
        _ => return Ok(()),
    };
    let found: Vec<Thing> = kinds.iter().copied().filter(|kind| kind.exists(name)).collect();
    match found.as_slice() {
        [only] => Ok(things::write(out, *only, name)?),
        [] => Err(unknown(&kinds, name)),
        several => {
            let kinds = several.iter().map(|kind| kind.word()).collect();
            Err(CliError::Ambiguous { name: name.clone(), kinds })
        }
    }
}

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Scenario,
    Failure,
    Fault,
    Setting,
    Remedy,
    Cause,
    Operation,
}

impl Thing {
    const ALL: [Self; 7] = [
        Self::Scenario,
        Self::Failure,
        Self::Fault,
        Self::Setting,
        Self::Remedy,
        Self::Cause,
        Self::Operation,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Failure => "failure",
            Self::Fault => "fault",
            Self::Setting => "setting",
            Self::Remedy => "remedy",
            Self::Cause => "cause",
            Self::Operation => "operation",
        }
    }

    /// The kind that a word names.
    fn of(word: &str) -> Result<Self, CliError> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| {
            let words = Self::ALL.map(Self::word);
            let hint = match nearest(word, words.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", listed(&words, "and")),
            };
            CliError::Unknown { noun: "kind of thing", name: word.to_owned(), hint }
        })
    }

    fn exists(self, name: &str) -> bool {
        self.names().contains(&name)
    }

    /// The names of all things of this kind. A scenario's cases are shown with it.
    fn names(self) -> Vec<&'static str> {
        let catalogue = Catalogue::embedded();
        match self {
            Self::Scenario => corpus::plays().map(|play| play.name.as_str()).collect(),
            Self::Failure => catalogue.failures.keys().map(|id| id.as_str()).collect(),
            Self::Fault => faults::FAULTS.iter().map(|kind| kind.name).collect(),
            Self::Setting => settings::SETTINGS.iter().map(|kind| kind.name).collect(),
            Self::Remedy => {
                let documented = catalogue.remedies.keys().map(|id| id.as_str());
                documented.chain(remedies::REMEDIES.iter().map(|kind| kind.name)).collect()
            }
            Self::Cause => catalogue.causes.keys().map(|id| id.as_str()).collect(),
            Self::Operation => Operation::ALL.iter().map(|operation| operation.name()).collect(),
        }
    }
}

fn unknown(kinds: &[Thing], name: &str) -> CliError {
    let noun = match kinds {
        [only] => only.word(),
        _ => "thing",
    };
    let names = kinds.iter().flat_map(|kind| kind.names());
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`marslab list` has the names".to_owned(),
    };
    CliError::Unknown { noun, name: name.to_owned(), hint }
}

#[cfg(test)]
mod tests;
