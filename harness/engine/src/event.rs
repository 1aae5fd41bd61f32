//! The events of a run. Every report is a fold over these events and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use marslab_model::world::Language;
use marslab_model::{Diagnosis, Operation, Outcome};
use marslab_state::JournalEntry;
use schemars::JsonSchema;
use serde::Serialize;

use crate::changed_field::ChangedField;
use crate::shard::Shard;
use crate::subject_runner::Isolation;
use crate::trace::Trace;
use crate::verdict::{Beat, Verdict};
use marslab_live::{Fidelity, Step};
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::AreaId;
use marslab_scenario::scenario::{Group, Play, SourceFile};

pub use marslab_scenario::scenario::Past;

/// One thing that happened in a run. Events of one play come in order; those of different plays mix.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The run begins.
    RunStarted(RunStarted),
    /// A play begins.
    PlayStarted {
        /// Which of the run's plays, from 0.
        index: usize,
        /// What is played.
        play: PlayInfo,
    },
    /// The subject was asked about a world of a play. All asks come before the beats whose worlds they are about, except
    /// in compounds.
    Asked {
        /// Which play.
        index: usize,
        /// What it asked in turn.
        ask: AskRecord,
    },
    /// A beat was played.
    BeatPlayed {
        /// Which play.
        index: usize,
        /// What happened.
        beat: BeatRecord,
    },
    /// The folder of the broken world was kept.
    Kept {
        /// Which play.
        index: usize,
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// A play ended.
    PlayEnded {
        /// Which play.
        index: usize,
        /// What it showed.
        verdict: Verdict,
    },
    /// A play cannot be played: what its scenario asks for does not fit the world that it describes.
    NotPlayable {
        /// Which play.
        index: usize,
        /// What does not fit, and why.
        error: String,
    },
    /// The lab itself failed in a play; this is not a verdict on the subject.
    LabFailed {
        /// Which play.
        index: usize,
        /// What failed.
        error: String,
    },
    /// A play was given up when the run was interrupted, and shows nothing.
    GivenUp {
        /// Which play.
        index: usize,
    },
    /// The run was interrupted: not all plays were played.
    Interrupted,
    /// Every play that began has ended, or was given up.
    RunEnded {
        /// How many were not played, since the run was to stop at the first play that was not confirmed, or was interrupted.
        unplayed: usize,
    },
}

/// What a run is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RunStarted {
    /// The random seed; with repeats, the first one.
    pub seed: u64,
    /// The fidelity.
    pub fidelity: Fidelity,
    /// The language of the machines.
    pub language: Language,
    /// The subject's name: `reference`, or its command.
    pub subject: String,
    /// Whether the subject is isolated.
    pub isolation: Isolation,
    /// Whether the subject is a program that is started once and answers many asks.
    pub is_served: bool,
    /// Whether it is played in the plain world.
    pub is_plain: bool,
    /// What plays the roles that scenario files name; with repeats, in the first one.
    pub roles: BTreeMap<&'static str, String>,
    /// The digest of what is played, in all shards; see [`marslab_scenario::digest`].
    pub corpus: String,
    /// The folders of the packs that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// The part of it that is played here.
    pub shard: Option<Shard>,
    /// How many plays there are, each repeat counted.
    pub plays: usize,
}

/// What is played.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PlayInfo {
    /// The play's name: the scenario's, or `scenario/case`.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// The id of the documented failure; `None` for a control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The kind of the play.
    pub kind: PlayKind,
    /// The id of the article that it follows.
    pub article: String,
    /// Whether that article, and with it the failure, is beyond those of 2019.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub beyond: bool,
    /// The operation.
    pub operation: Operation,
    /// The path of its scenario file, where it is no embedded one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line there at which the play is described, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The pack that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The seed of this play, where the run plays everything with several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

impl PlayInfo {
    /// What the play is called and does, for reports.
    pub fn of(play: &Play) -> Self {
        Self {
            name: play.name.clone(),
            title: play.title.clone(),
            failure: play.failure.as_ref().map(|id| id.as_str().to_owned()),
            kind: play.kind(),
            article: play.article.id().to_owned(),
            beyond: !play.article.is_of_2019(),
            operation: play.operation,
            line: file_of(play).and_then(|file| line_of(play, &file.text)),
            file: file_of(play).map(|file| file.name.clone()),
            pack: file_of(play).and_then(|file| file.pack.clone()),
            seed: None,
        }
    }

    /// The name, and the seed where one name is played with several.
    pub fn label(&self) -> String {
        match self.seed {
            Some(seed) => format!("{} (seed {seed})", self.name),
            None => self.name.clone(),
        }
    }
}

/// The scenario file of a play, where it is no embedded one.
fn file_of(play: &Play) -> Option<&SourceFile> {
    play.file().filter(|file| !file.is_embedded)
}

/// Where a scenario's title stands, or a case's name.
fn line_of(play: &Play, text: &str) -> Option<usize> {
    let case = play.case();
    let is_it = |line: &str| match (line.split_once('='), case) {
        (Some((key, value)), Some(case)) => {
            key.trim() == "name" && value.trim().trim_matches(['"', '\'']) == case
        }
        (Some((key, _)), None) => key.trim() == "title",
        (None, _) => false,
    };
    text.lines().position(is_it).map(|index| index + 1)
}

/// An ask: what a subject looked at before it gave its diagnosis.
#[derive(Clone, Debug)]
pub struct AskRecord {
    /// The beat in which the world is shown.
    pub beat: Beat,
    /// Which of the play's worlds, from 0.
    pub world: usize,
    /// How long it took in world time, in seconds.
    pub seconds: i64,
    /// What was to be found.
    pub expected: Expected,
    /// What the subject said, if it gave a diagnosis.
    pub said: Option<Diagnosis>,
    /// The areas, of those that it left unchecked, that are out of reach.
    pub out_of_reach: BTreeSet<AreaId>,
    /// The calls.
    pub trace: Arc<Trace>,
}

impl AskRecord {
    /// What is counted, without the calls themselves.
    #[must_use]
    pub fn without_calls(self) -> Self {
        Self { trace: Arc::new(self.trace.with_calls(0)), ..self }
    }
}

/// What happened in a beat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BeatRecord {
    /// Which beat.
    pub beat: Beat,
    /// The faults that were put in, or the remedies that were carried out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<AppliedChange>,
    /// In a compound: the parts without which the try would have gone otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_the_way: Vec<String>,
    /// In a control: the failing play whose world is one value away, and was shown under the same complaint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// What the logs of the world told of the past, where the subject was asked about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<Past>,
    /// How the operation ended, where it was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The step at which it stopped, where it failed.
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Step>,
    /// What was said on the wire while the operation was tried, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wire: Vec<String>,
    /// The same in detail. No part of the JSON report; a summary of a report keeps it where it is wanted.
    #[serde(skip)]
    pub said: Vec<JournalEntry>,
    /// What the customer said in their own words, where the subject was told that in place of what the console shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
    /// What the subject was to find, where it was asked. No part of the JSON report.
    #[serde(skip)]
    pub expected: Option<Box<Expected>>,
    /// What the subject said, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    /// What it asked for that. No part of the JSON report; a summary of a report keeps as much as is wanted.
    #[serde(skip)]
    pub trace: Option<Arc<Trace>>,
}

/// What a subject is to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// One of each group.
    pub groups: Vec<Group>,
    /// What it may find besides.
    pub may: Vec<Group>,
}

/// A fault that was put in, or a remedy that was carried out.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AppliedChange {
    /// The fault's or the remedy's name.
    pub name: String,
    /// The fields of the world that it changed.
    pub changed: Vec<String>,
    /// Those of a fault's that the failing operation read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
    /// What the changed fields were and are, in the same order. No part of the JSON report.
    #[serde(skip)]
    pub fields: Vec<ChangedField>,
}
