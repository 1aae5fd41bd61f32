//! Selecting plays by name, pattern or file.

use std::path::{Path, PathBuf};

use marslab::catalogue::Catalogue;
use marslab::compound::{PLUS, compose};
use marslab::scenario::{Play, ReadError, Scenario, read};
use marslab::{corpus, packs};

use crate::error::CliError;
use crate::names::{Suggestion, is_pattern, selects};

/// The selected plays.
#[derive(Debug)]
pub(crate) struct Selection {
    built_in: Vec<&'static Play>,
    compounds: Vec<Play>,
    files: Vec<Scenario>,
    refused: Vec<Refused>,
}

/// A scenario file that cannot be played.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The file.
    pub(crate) file: String,
    /// Why not.
    pub(crate) error: ReadError,
}

/// How words select plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// A part of the name is enough; a pattern is for all of it.
    Part,
    /// Only the whole name is.
    Whole,
}

impl Match {
    fn selects(self, word: &str, name: &str) -> bool {
        match self {
            Self::Part => selects(word, name),
            Self::Whole => word == name,
        }
    }
}

impl Selection {
    /// The plays that the words of a command line select: all built-in ones if there are no words. It is an error if a
    /// filter selects nothing, or a file is invalid.
    pub(crate) fn of(words: &[String], by: Match) -> Result<Self, CliError> {
        let selection = Self::as_far_as_valid(words, by)?;
        if selection.refused.is_empty() {
            return Ok(selection);
        }
        let errors = selection.refused.into_iter().map(|refused| refused.error);
        Err(CliError::InvalidScenarios(errors.collect()))
    }

    /// The same, without the files that are invalid.
    pub(crate) fn as_far_as_valid(words: &[String], by: Match) -> Result<Self, CliError> {
        if words.iter().any(|word| word.trim().is_empty()) {
            return Err(CliError::EmptyFilter);
        }
        let (compounds, others): (Vec<&String>, Vec<&String>) =
            words.iter().partition(|word| word.contains(PLUS) && !Path::new(word).exists());
        let (files, filters): (Vec<&String>, Vec<&String>) =
            others.into_iter().partition(|word| is_file(word));
        let mut built_in = Vec::new();
        match filters.as_slice() {
            // Who names a pack means that.
            [] if words.is_empty() => built_in.extend(
                corpus::plays().filter(|play| packs::loaded().is_empty() || play.is_of_pack()),
            ),
            [] => {}
            // One name is what most commands are given, and few files have it.
            [name] if !is_pattern(name) => {
                built_in = corpus::named(name);
                built_in.retain(|play| by.selects(name, &play.name));
            }
            _ => built_in.extend(
                corpus::plays()
                    .filter(|play| filters.iter().any(|filter| by.selects(filter, &play.name))),
            ),
        }
        let is_missing =
            |filter: &&&String| !built_in.iter().any(|play| by.selects(filter, &play.name));
        if let Some(filter) = filters.iter().find(is_missing) {
            return Err(nothing_selected(filter));
        }
        let compounds =
            compounds.into_iter().map(|word| compound(word)).collect::<Result<_, _>>()?;
        let (files, refused) = read_all(&files);
        Ok(Self { built_in, compounds, files, refused })
    }

    /// The one play that a word selects: of several, the one with exactly that name, and of a file its own play, not
    /// its cases.
    pub(crate) fn one(word: &str) -> Result<Play, CliError> {
        let selection = Self::of(&[word.to_owned()], Match::Part)?;
        if let Some(scenario) = selection.files.into_iter().next() {
            let own = scenario.plays.into_iter().next();
            return own.ok_or_else(|| nothing_selected(word));
        }
        if let Some(compound) = selection.compounds.into_iter().next() {
            return Ok(compound);
        }
        match selection.built_in.as_slice() {
            [only] => Ok((*only).clone()),
            several => {
                several.iter().find(|play| play.name == word).map(|it| (*it).clone()).ok_or_else(
                    || CliError::SeveralSelected {
                        filter: word.to_owned(),
                        names: several.iter().map(|play| play.name.clone()).collect(),
                    },
                )
            }
        }
    }

    /// The files that cannot be played.
    pub(crate) fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// The plays: the built-in ones, then compounds, then those of files.
    pub(crate) fn plays(&self) -> Vec<&Play> {
        let of_files = self.files.iter().flat_map(|scenario| &scenario.plays);
        self.built_in.iter().copied().chain(&self.compounds).chain(of_files).collect()
    }
}

/// The scenario files that words name, also as parts of compounds.
pub(crate) fn files(words: &[String]) -> Vec<PathBuf> {
    let parts = words.iter().flat_map(|word| {
        let parts: Vec<&str> =
            if Path::new(word).exists() { vec![word] } else { word.split(PLUS).collect() };
        parts
    });
    parts.filter(|part| is_file(part)).map(PathBuf::from).collect()
}

/// Whether a word is the path of a scenario file: it ends in `.toml`, or it has folders and exists, or it is standard input.
/// `kek/case` is the name of a play.
pub(crate) fn is_file(word: &str) -> bool {
    if word == STDIN {
        return true;
    }
    let has_extension =
        Path::new(word).extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"));
    has_extension || (word.contains(['/', '\\']) && Path::new(word).exists())
}

/// The compound of the plays that a word joins with `+`: names of built-in plays, and files, which stand for their own
/// play.
fn compound(word: &str) -> Result<Play, CliError> {
    let part = |name: &str| {
        if is_file(name) {
            let file = read(Path::new(name), corpus::library());
            let file = file.map_err(|error| CliError::InvalidScenarios(vec![error]))?;
            return file.plays.into_iter().next().ok_or_else(|| nothing_selected(name));
        }
        let play = corpus::plays().find(|play| play.name == name);
        play.cloned().ok_or_else(|| nothing_selected(name))
    };
    let parts = word.split(PLUS).map(part).collect::<Result<Vec<_>, _>>()?;
    compose(&parts.iter().collect::<Vec<_>>())
        .map_err(|clash| CliError::Clash { word: word.to_owned(), clash })
}

fn read_all(files: &[&String]) -> (Vec<Scenario>, Vec<Refused>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (index, file) in files.iter().enumerate() {
        if files.iter().take(index).any(|earlier| earlier == file) {
            continue;
        }
        match read(Path::new(file), corpus::library()) {
            Ok(scenario) => good.push(scenario),
            Err(error) => bad.push(Refused { file: (*file).clone(), error }),
        }
    }
    (good, bad)
}

fn nothing_selected(filter: &str) -> CliError {
    let otherwise = match Catalogue::known().failure(filter) {
        Some(_) => Suggestion::NewScenario(filter.to_owned()),
        None => Suggestion::List("marslab list"),
    };
    let names = corpus::plays().map(|play| play.name.as_str());
    let suggestion = Suggestion::similar(filter, names, otherwise);
    CliError::NothingSelected { filter: filter.to_owned(), suggestion }
}

/// What stands for standard input.
pub(crate) const STDIN: &str = "-";

#[cfg(test)]
mod tests;
