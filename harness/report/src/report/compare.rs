//! Two reports of one corpus beside each other: what got better, and what got worse.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};

use serde::Deserialize;
use thiserror::Error;

use super::Summary;
use super::json::{self, VERSION};
use super::paint::clean;
use super::scores::Scores;

/// What is read of a JSON report.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// The digest of what was played.
    pub corpus: String,
    /// The seed.
    pub seed: u64,
    /// The subject's name.
    pub subject: String,
    /// The scores.
    pub scores: Scores,
    plays: Vec<Play>,
}

#[derive(Clone, Debug, Deserialize)]
struct Play {
    name: String,
    #[serde(flatten)]
    ending: Ending,
}

/// How a play ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Ending {
    verdict: String,
    mismatch: Option<Mismatch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Mismatch {
    kind: String,
}

/// Why a file is no report that can be compared.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is no report, or a damaged one.
    #[error("not a JSON report of marslab: {0}")]
    Json(#[from] serde_json::Error),
    /// Another version of marslab wrote it.
    #[error("a report of version {0}, not {VERSION}; write it again with `marslab run --json`")]
    Version(u32),
}

/// Why two reports cannot be compared.
#[derive(Debug, Error)]
#[error(
    "the reports are of different corpora (`{0}` and `{1}`); run both with the same marslab and the same plays"
)]
pub struct OtherCorpus(String, String);

impl OtherCorpus {
    /// Whether two reports can be compared.
    pub(super) fn check(one: &Report, other: &Report) -> Result<(), Self> {
        let short = |of: &Report| of.corpus.chars().take(DIGITS).collect();
        if one.corpus == other.corpus { Ok(()) } else { Err(Self(short(one), short(other))) }
    }
}

/// What differs between two reports.
#[derive(Debug)]
pub struct Comparison<'a> {
    old: &'a Report,
    new: &'a Report,
    better: Vec<Difference>,
    worse: Vec<Difference>,
    /// Confirmed in neither, but not for the same reason.
    other: Vec<Difference>,
}

/// A play that ended otherwise. Where it was repeated, only how often it was confirmed counts.
#[derive(Debug)]
struct Difference {
    play: String,
    old: String,
    new: String,
}

impl Report {
    /// The report of a run, as if it had been written and read.
    pub fn of(summary: &Summary) -> Result<Self, ReadError> {
        let mut text = Vec::new();
        // Writing to memory fails only where a value cannot be JSON.
        json::write(&mut text, summary).map_err(serde_json::Error::io)?;
        Self::read(&text)
    }

    /// Reads a JSON report.
    pub fn read(text: &[u8]) -> Result<Self, ReadError> {
        json::check_version(text)?;
        Ok(serde_json::from_slice(text)?)
    }

    /// How many plays are confirmed, and of how many.
    pub fn confirmed(&self) -> (usize, usize) {
        let confirmed = self.plays.iter().filter(|play| play.ending.is_confirmed()).count();
        (confirmed, self.plays.len())
    }

    /// The names of the plays that are not confirmed, or not in one of their repeats.
    pub fn failed(&self) -> BTreeSet<&str> {
        let failed = self.plays.iter().filter(|play| !play.ending.is_confirmed());
        failed.map(|play| play.name.as_str()).collect()
    }

    /// The endings of each play, one for each repeat.
    fn by_name(&self) -> BTreeMap<&str, Vec<&Ending>> {
        let mut by_name: BTreeMap<&str, Vec<&Ending>> = BTreeMap::new();
        for play in &self.plays {
            by_name.entry(&play.name).or_default().push(&play.ending);
        }
        by_name
    }
}

impl Ending {
    fn is_confirmed(&self) -> bool {
        self.verdict == "confirmed"
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.mismatch {
            Some(Mismatch { kind }) => f.write_str(&kind.replace('-', " ")),
            None => f.write_str(&self.verdict.replace('-', " ")),
        }
    }
}

/// How a play ended, in all its repeats.
fn describe(endings: &[&Ending]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ending in endings {
        *counts.entry(ending.to_string()).or_default() += 1;
    }
    let one = |(ending, count): (&String, &usize)| match (endings.len(), count) {
        (1, _) => ending.clone(),
        (_, count) => format!("{count} × {ending}"),
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl<'a> Comparison<'a> {
    /// Compares two reports of one corpus. Seeds and subjects may differ.
    pub fn of(old: &'a Report, new: &'a Report) -> Result<Self, OtherCorpus> {
        OtherCorpus::check(old, new)?;
        let (mut better, mut worse, mut other) = (Vec::new(), Vec::new(), Vec::new());
        let (before, after) = (old.by_name(), new.by_name());
        for (name, before) in before {
            let after = after.get(name).map(Vec::as_slice).unwrap_or_default();
            let (was, is) = (describe(&before), describe(after));
            if was == is {
                continue;
            }
            // Neither may be repeated as often as the other.
            let confirmed = |of: &[&Ending]| of.iter().filter(|it| it.is_confirmed()).count();
            let (ours, theirs) =
                (confirmed(after) * before.len(), confirmed(&before) * after.len());
            let list = match ours.cmp(&theirs) {
                std::cmp::Ordering::Greater => &mut better,
                std::cmp::Ordering::Less => &mut worse,
                std::cmp::Ordering::Equal => &mut other,
            };
            list.push(Difference { play: name.to_owned(), old: was, new: is });
        }
        Ok(Self { old, new, better, worse, other })
    }

    /// Whether a play is confirmed less often than before.
    pub const fn is_worse(&self) -> bool {
        !self.worse.is_empty()
    }

    /// Writes what differs.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { old, new, .. } = self;
        let title = |of: &Report| format!("{} (seed {})", clean(&of.subject), of.seed);
        writeln!(out, "{} → {}", title(old), title(new))?;
        let sections =
            [("worse", &self.worse), ("better", &self.better), ("otherwise", &self.other)];
        for (heading, plays) in sections {
            if !plays.is_empty() {
                let noun = if plays.len() == 1 { "play" } else { "plays" };
                writeln!(out, "\n{heading}: {} {noun}", plays.len())?;
            }
            let width = plays.iter().map(|it| it.play.chars().count()).max().unwrap_or_default();
            for Difference { play, old, new } in plays {
                let play = clean(play);
                writeln!(out, "  {play:width$}  {} → {}", clean(old), clean(new))?;
            }
        }
        self.write_scores(out)?;
        let ((was, of), (is, all)) = (old.confirmed(), new.confirmed());
        writeln!(out, "\nconfirmed: {was} of {of} → {is} of {all}")
    }

    /// The areas of which the scores differ.
    fn write_scores(&self, out: &mut dyn Write) -> io::Result<()> {
        let (old, new) = (&self.old.scores.areas, &self.new.scores.areas);
        let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
        names.sort();
        names.dedup();
        let f1 = |of: &BTreeMap<String, super::scores::Score>, name: &str| {
            let score = of.get(name).and_then(|it| it.both.f1);
            score.map_or_else(|| "-".to_owned(), |f1| format!("{f1:.3}"))
        };
        let rows = names.into_iter().map(|name| (name, f1(old, name), f1(new, name)));
        let changed: Vec<_> = rows.filter(|(_, old, new)| old != new).collect();
        if changed.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nF1 by area (cause, about the right thing):")?;
        let width = changed.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
        changed.iter().try_for_each(|(name, old, new)| {
            let name = clean(name);
            writeln!(out, "  {name:width$}  {old} → {new}")
        })
    }
}

/// Enough digits of a digest to tell a few apart.
const DIGITS: usize = 12;

#[cfg(test)]
pub(super) mod tests;
