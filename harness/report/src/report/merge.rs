//! The reports of all shards of a run, as one: real times apart, the bytes that a run of everything writes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use marslab_engine::shard::Shard;
use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;

use super::Counts;
use super::compare::ReadError;
use super::json::{self, Document};
use super::known::Endings;
use super::scores::Scores;

/// The report of a shard.
pub struct Part(Document<Box<RawValue>>);

/// Why some reports are not those of one run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MergeError {
    /// One of them is not of a shard.
    #[error("`{0}` is no report of a shard; write it with `marslab run --shard I/N --json FILE`")]
    NoShard(String),
    /// Two differ in what they were made with.
    #[error("`{one}` and `{other}` are of different runs: their {what} differ")]
    Different {
        /// One of them.
        one: String,
        /// The other.
        other: String,
        /// In what.
        what: &'static str,
    },
    /// Two are of the same shard.
    #[error("`{one}` and `{other}` are both of shard {shard}")]
    Twice {
        /// One of them.
        one: String,
        /// The other.
        other: String,
        /// The shard.
        shard: Shard,
    },
    /// One of them is of a run that did not come to its end.
    #[error("`{0}` is of a run that was interrupted")]
    Interrupted(String),
    /// Some are not there.
    #[error("missing: shard {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Missing(Vec<Shard>),
}

impl Part {
    /// Reads a report.
    pub fn read(text: &[u8]) -> Result<Self, ReadError> {
        json::check_version(text)?;
        Ok(Self(serde_json::from_slice(text)?))
    }
}

/// A whole run.
pub struct Merged(Document<Box<RawValue>>);

impl Merged {
    /// Puts the reports of all shards together. Each has a name for errors.
    pub fn of(parts: Vec<(String, Part)>) -> Result<Self, MergeError> {
        let mut by_shard: BTreeMap<Shard, (String, Part)> = BTreeMap::new();
        for (name, part) in parts {
            let shard = part.0.shard.filter(|shard| shard.number <= shard.of);
            let shard = shard.ok_or_else(|| MergeError::NoShard(name.clone()))?;
            if part.0.interrupted {
                return Err(MergeError::Interrupted(name));
            }
            if let Some((one, _)) = by_shard.get(&shard) {
                return Err(MergeError::Twice { one: one.clone(), other: name, shard });
            }
            by_shard.insert(shard, (name, part));
        }
        let mut parts = by_shard.values();
        if let Some((one, first)) = parts.next() {
            for (other, part) in parts {
                if let Some(what) = difference(&first.0, &part.0) {
                    let (one, other) = (one.clone(), other.clone());
                    return Err(MergeError::Different { one, other, what });
                }
            }
        }
        let of = by_shard.keys().next().map_or(0, |shard| shard.of.get());
        let all = (1..=of).filter_map(|number| Shard::new(number, of));
        let missing = all.filter(|shard| !by_shard.contains_key(shard));
        let missing: Vec<Shard> = missing.take(MISSING_MAX).collect();
        if !missing.is_empty() {
            return Err(MergeError::Missing(missing));
        }
        let mut documents = by_shard.into_values().map(|(_, part)| part.0);
        let mut whole = documents.next().ok_or(MergeError::Missing(Vec::new()))?;
        let mut scores = vec![std::mem::take(&mut whole.scores)];
        for part in documents {
            whole.counts = whole.counts.and(part.counts);
            whole.plays.extend(part.plays);
            scores.push(part.scores);
        }
        let mut plays: Vec<(Play, Box<RawValue>)> =
            whole.plays.into_iter().map(|play| (Play::of(&play), play)).collect();
        plays.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        let endings = plays.iter().map(|(play, _)| (play.name.as_str(), play.is_confirmed()));
        whole.scores = Scores::sum(&scores, endings);
        whole.plays = plays.into_iter().map(|(_, play)| play).collect();
        (whole.shard, whole.measured) = (None, None);
        Ok(Self(whole))
    }

    /// Writes the report.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.0)?;
        writeln!(out)
    }
}

impl Endings for Merged {
    fn counts(&self) -> Counts {
        self.0.counts
    }

    fn endings(&self) -> Vec<(String, String)> {
        let plays = self.0.plays.iter().map(|play| Play::of(play));
        plays.map(|play| (play.name, play.verdict)).collect()
    }
}

/// What is read of a play.
#[derive(Default, Deserialize)]
struct Play {
    name: String,
    verdict: String,
}

impl Play {
    fn of(play: &RawValue) -> Self {
        serde_json::from_str(play.get()).unwrap_or_default()
    }

    fn is_confirmed(&self) -> bool {
        self.verdict == "confirmed"
    }
}

/// In what two reports differ that should be of one run.
fn difference<P>(one: &Document<P>, other: &Document<P>) -> Option<&'static str> {
    let of = |it: &Document<P>| it.shard.map(|shard| shard.of);
    let pairs = [
        ("numbers of shards", of(one) == of(other)),
        ("versions of marslab", one.marslab == other.marslab),
        ("plays", one.corpus == other.corpus),
        ("seeds", one.seed == other.seed),
        ("fidelities", one.fidelity == other.fidelity),
        ("subjects", one.subject == other.subject && one.served == other.served),
        ("isolations", one.isolation == other.isolation),
        ("worlds", one.roles == other.roles),
    ];
    pairs.into_iter().find_map(|(what, is_same)| (!is_same).then_some(what))
}

/// Enough missing shards to name.
const MISSING_MAX: usize = 16;

#[cfg(test)]
mod tests;
