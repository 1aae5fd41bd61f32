//! The report for programs: one JSON document.
//!
//! With one seed on `memory` it is the same to the byte, however many plays go on at a time: it has no times, ports
//! or folders, except that of a world which was kept, and the times under `measured`. `marslab schema report` prints its
//! schema. Its shape, in order of the keys:
//!
//! ```json
//! {
//!   "version": 2,
//!   "marslab": "0.1.0",
//!   "corpus": "…",
//!   "seed": 4711,
//!   "fidelity": "memory",
//!   "subject": "reference",
//!   "isolation": "in-process",
//!   "served": false,
//!   "counts": { "confirmed": 1, "mismatch": 1, "inconclusive": 0, "lab-failed": 0 },
//!   "scores": { "all": { "cause": { "found": 2, … }, "about": { … }, "both": { … } }, "areas": { … }, … },
//!   "plays": [
//!     {
//!       "name": "iscsi-service-stopped",
//!       "title": "The Microsoft iSCSI Initiator service is stopped",
//!       "failure": "iscsi-service-stopped",
//!       "kind": "failure",
//!       "article": "zh-2019-05",
//!       "operation": "restore",
//!       "verdict": "mismatch",
//!       "mismatch": { "beat": "broken", "kind": "not-broken", "expected": "…", "seen": "…", "nearest": "…" },
//!       "beats": [
//!         { "beat": "healthy", "outcome": "succeeded", "wire": ["…"], "diagnosis": { … } },
//!         { "beat": "broken", "done": [{ "name": "…", "changed": ["…"], "read": ["…"] }], "outcome": { "failed": { … } }, "stopped-at": "attach-volume" }
//!       ]
//!     }
//!   ]
//! }
//! ```
//!
//! `beyond` is `true` behind the `article` of what is beyond the articles of 2019, else it is left out.
//! `isolation` is `in-process` (Rust code), `not-isolated` (a program) or `isolated` (a program that is declared to run in a
//! container or in namespaces of its own). `served` is `true` where one process answered many questions.
//! `verdict` is `confirmed`, `mismatch`, `inconclusive` (with `reason`), `not-playable` or `lab-failed` (with `error`). What a play
//! or beat does not have is left out. Where a run repeats its plays, each has its own `seed`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::compare::ReadError;
use super::scores::{Cost, Scores};
use super::{Counts, Ending, Measured, PlayStory, Summary};
use marslab_engine::event::{BeatRecord, PlayInfo};
use marslab_engine::shard::Shard;
use marslab_engine::subject_runner::Isolation;
use marslab_engine::verdict::{InconclusiveReason, Mismatch, Verdict};
use marslab_live::Fidelity;

/// Writes the document, and a line break behind it.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Document::of(summary))?;
    writeln!(out)
}

/// The first difference between two runs that should be the same, if any. The folders of kept worlds are not
/// compared.
pub fn first_difference(one: &Summary, two: &Summary) -> Option<Difference> {
    let (one, two) = (comparable(one), comparable(two));
    let names: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    names.into_iter().find_map(|name| {
        let (place, first, second) = difference(String::new(), one.get(name), two.get(name))?;
        Some(Difference { play: name.clone(), place, first, second })
    })
}

/// The plays of the document by name.
fn comparable(summary: &Summary) -> BTreeMap<String, Value> {
    let plays = summary.plays().into_iter().map(|play| {
        let record = PlayRecord { kept: None, ..PlayRecord::of(play) };
        (play.info.label(), serde_json::to_value(record).unwrap_or_default())
    });
    plays.collect()
}

/// A place in the document at which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The name of the play, and its seed where a run has several.
    pub play: String,
    /// The place in it, such as `beats[1].outcome`; empty where only one of the runs has the play.
    pub place: String,
    /// The value in the first run, as JSON, if there is one.
    pub first: Option<String>,
    /// The value in the second run.
    pub second: Option<String>,
}

/// A place, and its value in each of two documents.
type Spot = (String, Option<String>, Option<String>);

fn difference(place: String, one: Option<&Value>, two: Option<&Value>) -> Option<Spot> {
    match (one, two) {
        (one, two) if one == two => None,
        (Some(Value::Object(one)), Some(Value::Object(two))) => {
            let mut keys: Vec<&String> = one.keys().chain(two.keys()).collect();
            keys.sort();
            keys.iter().find_map(|key| {
                let dot = if place.is_empty() { "" } else { "." };
                difference(format!("{place}{dot}{key}"), one.get(*key), two.get(*key))
            })
        }
        (Some(Value::Array(one)), Some(Value::Array(two))) => (0..one.len().max(two.len()))
            .find_map(|index| {
                difference(format!("{place}[{index}]"), one.get(index), two.get(index))
            }),
        (one, two) => {
            let text = |value: &Value| value.to_string();
            Some((place, one.map(text), two.map(text)))
        }
    }
}

/// Whether a text is a report of the version that this marslab reads.
pub(super) fn check_version(text: &[u8]) -> Result<(), ReadError> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let Versioned { version } = serde_json::from_slice(text)?;
    if version == VERSION { Ok(()) } else { Err(ReadError::Version(version)) }
}

/// The JSON Schema of the document.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<Document<PlayRecord<'_>>>().into()
}

/// The report of a run of marslab.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(title = "A report of marslab")]
#[serde(rename_all = "kebab-case")]
pub(super) struct Document<P> {
    /// The version of this document's shape; 2.
    pub(super) version: u32,
    /// The version of marslab.
    pub(super) marslab: String,
    /// The digest of what was played, in all shards: reports are comparable if it is the same.
    pub(super) corpus: String,
    /// The random seed; with repeats, the first one.
    pub(super) seed: u64,
    pub(super) fidelity: String,
    pub(super) subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) isolation: Option<Isolation>,
    pub(super) served: bool,
    /// The part of the plays that this report is of, if it is not of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shard: Option<Shard>,
    /// Whether the run was interrupted: `plays` are those that were played until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) interrupted: bool,
    /// What plays the roles that scenario files name.
    pub(super) roles: BTreeMap<String, String>,
    pub(super) counts: Counts,
    pub(super) scores: Scores,
    pub(super) plays: Vec<P>,
    /// Real times, which differ from run to run, and are compared with nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) measured: Option<Measured>,
}

impl<'a> Document<PlayRecord<'a>> {
    fn of(summary: &'a Summary) -> Self {
        let run = summary.run();
        let roles = run.into_iter().flat_map(|run| &run.roles);
        Self {
            version: VERSION,
            marslab: env!("CARGO_PKG_VERSION").to_owned(),
            corpus: run.map_or_else(String::new, |run| run.corpus.clone()),
            seed: run.map_or(0, |run| run.seed),
            fidelity: run.map_or_else(Fidelity::default, |run| run.fidelity).name().to_owned(),
            subject: run.map_or_else(String::new, |run| run.subject.clone()),
            isolation: run.map(|run| run.isolation),
            served: run.is_some_and(|run| run.is_served),
            shard: run.and_then(|run| run.shard),
            interrupted: summary.is_interrupted(),
            roles: roles.map(|(role, value)| ((*role).to_owned(), value.clone())).collect(),
            counts: summary.counts(),
            scores: Scores::of(summary),
            plays: summary.plays().into_iter().map(PlayRecord::of).collect(),
            measured: summary.measured().cloned(),
        }
    }
}

/// A play of the report.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PlayRecord<'a> {
    #[serde(flatten)]
    info: &'a PlayInfo,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mismatch: Option<&'a Mismatch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a InconclusiveReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<&'a Path>,
    /// What the subject took for this play.
    cost: Cost,
    beats: &'a [BeatRecord],
}

impl<'a> PlayRecord<'a> {
    fn of(play: &'a PlayStory) -> Self {
        let (mismatch, reason, error) = match &play.ending {
            Ending::Open | Ending::Verdict(Verdict::Confirmed) => (None, None, None),
            Ending::Verdict(Verdict::Mismatch(mismatch)) => (Some(mismatch), None, None),
            Ending::Verdict(Verdict::Inconclusive { reason }) => (None, Some(reason), None),
            Ending::LabFailed(error) | Ending::NotPlayable(error) => {
                (None, None, Some(error.as_str()))
            }
        };
        Self {
            info: &play.info,
            verdict: play.ending.name(),
            mismatch,
            reason,
            error,
            kept: play.kept.as_deref(),
            cost: Cost::of(&play.asks),
            beats: &play.beats,
        }
    }
}

/// The version of the document's shape.
pub(super) const VERSION: u32 = 2;
