//! Why some mutants may survive: the `survivors.toml` of a target.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use serde::Deserialize;

use crate::fate::{self, Fate, Mutant};
use crate::listed::Listed;
use crate::target::Target;

/// Why some mutants may survive.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reasons {
    #[serde(default)]
    survivor: Vec<Survivor>,
}

/// Mutants of one file that may survive.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Survivor {
    /// The file, from the root of the workspace.
    pub(crate) file: String,
    /// What is changed in it, as cargo-mutants says, without the line.
    pub(crate) change: String,
    /// How many mutants of that name survive.
    #[serde(default = "one")]
    pub(crate) times: usize,
    /// Why it cannot or need not be noticed.
    pub(crate) why: String,
}

const fn one() -> usize {
    1
}

type Key<'a> = (&'a str, &'a str);

impl Reasons {
    /// Reads the file of a target.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn read(target: Target) -> io::Result<Self> {
        Self::parse(&fs::read_to_string(target.survivors())?)
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// When it is not as it should be.
    pub(crate) fn parse(text: &str) -> io::Result<Self> {
        toml::from_str(text).map_err(io::Error::other)
    }

    /// The reason of a survivor.
    pub(crate) fn of(&self, mutant: &Mutant) -> Option<&str> {
        let mut survivors = self.survivor.iter();
        let found = survivors.find(|it| (&it.file, &it.change) == (&mutant.file, &mutant.change));
        found.map(|survivor| survivor.why.as_str())
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Survivor] {
        &self.survivor
    }

    /// Survivors without a reason.
    pub(crate) fn unexplained(&self, mutants: &[Mutant]) -> Vec<String> {
        let missed = survived(mutants);
        let allowed = |key: &Key<'_>| self.find(*key).map_or(0, |survivor| survivor.times);
        let odd = missed.iter().filter(|(key, times)| **times > allowed(key));
        odd.map(|((file, change), _)| format!("survived without a reason: {file}: {change}"))
            .collect()
    }

    /// Reasons for what did not survive.
    pub(crate) fn needless(&self, mutants: &[Mutant]) -> Vec<String> {
        let missed = survived(mutants);
        let seen = |it: &Survivor| {
            missed.get(&(it.file.as_str(), it.change.as_str())).copied().unwrap_or(0)
        };
        let odd = self.survivor.iter().filter(|survivor| seen(survivor) < survivor.times);
        odd.map(|it| {
            let (times, seen) = (it.times, seen(it));
            format!("{FILE} explains {times}, but {seen} survived: {}: {}", it.file, it.change)
        })
        .collect()
    }

    /// Reasons for mutants that do not exist.
    pub(crate) fn strangers(&self, mutants: &[Listed]) -> Vec<String> {
        let count = |it: &Survivor| {
            mutants
                .iter()
                .filter(|one| one.file == it.file && fate::change(&one.name) == it.change)
                .count()
        };
        let odd = self.survivor.iter().filter(|survivor| count(survivor) < survivor.times);
        odd.map(|it| format!("{FILE} explains what is no mutant: {}: {}", it.file, it.change))
            .collect()
    }

    fn find(&self, (file, change): Key<'_>) -> Option<&Survivor> {
        self.survivor.iter().find(|it| it.file == file && it.change == change)
    }
}

/// The survivors, and how many of each name.
fn survived(mutants: &[Mutant]) -> BTreeMap<Key<'_>, usize> {
    let mut found = BTreeMap::new();
    for mutant in mutants.iter().filter(|mutant| mutant.fate == Fate::Missed) {
        *found.entry((mutant.file.as_str(), mutant.change.as_str())).or_default() += 1;
    }
    found
}

const FILE: &str = "survivors.toml";

#[cfg(test)]
mod tests;
