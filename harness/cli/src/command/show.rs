//! `marslab show`.

use std::io::Write;

use marslab::catalogue::Catalogue;
use marslab::{corpus, faults, remedies, settings};
use marslab_model::Operation;
use marslab_model::world::Language;

use crate::error::CliError;
use crate::names::Suggestion;

mod items;
mod page;
mod parameters;
mod world;

/// Writes the details of an item.
pub(super) fn run(
    out: &mut dyn Write,
    words: &[String],
    language: Language,
) -> Result<(), CliError> {
    let (kinds, name) = match words {
        [world] if world == WORLD => return world::write(out, ""),
        [world, path] if world == WORLD => return world::write(out, path),
        [kind, name] => (vec![ItemKind::parse(kind)?], name),
        [name] => (ItemKind::ALL.to_vec(), name),
        _ => return Ok(()),
    };
    let found: Vec<ItemKind> = kinds.iter().copied().filter(|kind| kind.exists(name)).collect();
    match found.as_slice() {
        [only] => Ok(items::write(out, (*only, name), language)?),
        [] => Err(unknown(&kinds, name)),
        several => {
            let kinds = several.iter().map(|kind| kind.word()).collect();
            Err(CliError::Ambiguous { name: name.clone(), kinds })
        }
    }
}

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemKind {
    Scenario,
    Failure,
    Fault,
    Setting,
    Remedy,
    Cause,
    Area,
    Operation,
}

impl ItemKind {
    const ALL: [Self; 8] = [
        Self::Scenario,
        Self::Failure,
        Self::Fault,
        Self::Setting,
        Self::Remedy,
        Self::Cause,
        Self::Area,
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
            Self::Area => "area",
            Self::Operation => "operation",
        }
    }

    /// The command that lists its names.
    const fn list(self) -> &'static str {
        match self {
            Self::Scenario => "marslab list scenarios",
            Self::Failure => "marslab list failures",
            Self::Fault => "marslab list faults",
            Self::Setting => "marslab list settings",
            Self::Remedy => "marslab list remedies",
            Self::Cause => "marslab list causes",
            Self::Area => "marslab list areas",
            Self::Operation => "marslab list operations",
        }
    }

    /// The kind with this name.
    fn parse(word: &str) -> Result<Self, CliError> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| {
            let words: Vec<_> = Self::ALL.into_iter().map(Self::word).chain([WORLD]).collect();
            let otherwise = Suggestion::OneOf(words.clone());
            let suggestion = Suggestion::similar(word, words.into_iter(), otherwise);
            CliError::Unknown { noun: "kind", name: word.to_owned(), suggestion }
        })
    }

    fn exists(self, name: &str) -> bool {
        self.names().contains(&name)
    }

    /// The names of all items of this kind. The cases of a scenario are items of their own.
    fn names(self) -> Vec<&'static str> {
        let catalogue = Catalogue::known();
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
            Self::Area => catalogue.areas.keys().map(|id| id.as_str()).collect(),
            Self::Operation => Operation::ALL.iter().map(|operation| operation.name()).collect(),
        }
    }
}

/// What `marslab show` shows besides items.
const WORLD: &str = "world";

fn unknown(kinds: &[ItemKind], name: &str) -> CliError {
    let noun = match kinds {
        [only] => only.word(),
        _ => "name",
    };
    let names = kinds.iter().flat_map(|kind| kind.names());
    let suggestion = match (ItemKind::parse(name), kinds) {
        // A kind without a name.
        (Ok(kind), _) => Suggestion::List(kind.list()),
        (Err(_), [only]) => {
            let others = ItemKind::ALL.into_iter().filter(|kind| kind.exists(name));
            match others.collect::<Vec<_>>().as_slice() {
                [other] => Suggestion::OtherKind { name: name.to_owned(), kind: other.word() },
                _ => Suggestion::similar(name, names, Suggestion::List(only.list())),
            }
        }
        (Err(_), _) => Suggestion::similar(name, names, Suggestion::List("marslab list")),
    };
    CliError::Unknown { noun, name: name.to_owned(), suggestion }
}

#[cfg(test)]
mod tests;
