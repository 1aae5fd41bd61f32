//! Reports: folds over [`Event`] and nothing else.
//!
//! [`Summary`] collects the events of a run. Everything else here is a function from it, or from one [`PlayStory`] in it,
//! to text: [`terminal`], [`explain`] and [`html`] for people, [`json`] and [`junit`] for programs, [`har`] for the network
//! traffic. [`changes`] says in words what was changed, [`wrap`] fits texts into lines. [`repeats`] finds differences between the repeats of a play. All write to a given writer; the lab itself
//! never prints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::{Timestamp, Unit};
use marslab_engine::event::{AskRecord, BeatRecord, Event, PlayInfo, RunStarted};
use marslab_engine::verdict::{MismatchKind, Verdict};
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::Catalogue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub mod annotations;
pub mod board;
pub mod changes;
pub mod compare;
pub mod edits;
pub mod explain;
pub mod frame;
pub mod har;
#[cfg(feature = "html")]
pub mod html;
pub mod json;
#[cfg(feature = "junit")]
pub mod junit;
pub mod known;
pub mod markdown;
pub mod merge;
mod paint;
pub mod prose;
pub mod repeats;
pub mod scores;
mod table;
pub mod terminal;
pub mod trace;
mod traffic;
pub mod wrap;

/// What is known of a run so far.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    run: Option<RunStarted>,
    plays: BTreeMap<usize, PlayStory>,
    /// How many plays were announced but did not start; known at the end.
    missing: usize,
    /// How many were not played since the run was to stop.
    unplayed: usize,
    is_interrupted: bool,
    keeps: Keeps,
    measured: Option<Measured>,
    command: Option<String>,
}

/// How long a run took, in seconds of real time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// When it began, such as `2026-11-27T09:30:00Z`.
    #[serde(default)]
    pub begun: String,
    /// From its start to its end.
    pub seconds: f64,
    /// Each play, by its name, and its seed where a run has several. Plays go on beside each other.
    pub plays: BTreeMap<String, f64>,
}

impl Measured {
    /// The times of a run that began then, on the clock of this machine.
    pub fn new(begun: SystemTime, seconds: f64, plays: BTreeMap<String, f64>) -> Self {
        let begun = Timestamp::try_from(begun).and_then(|begun| begun.round(Unit::Second));
        Self { begun: begun.map(|begun| begun.to_string()).unwrap_or_default(), seconds, plays }
    }
}

/// What is kept in detail, which takes some hundred kilobytes a play.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keeps {
    /// The traffic.
    pub exchanges: bool,
    /// The calls of the subject.
    pub traces: bool,
    /// The calls that [`html`] lists.
    pub listed_calls: bool,
}

/// What is known of a play.
#[derive(Clone, Debug)]
pub struct PlayStory {
    /// What was played.
    pub info: PlayInfo,
    /// The beats, in the order in which they were played.
    pub beats: Vec<BeatRecord>,
    /// What the subject was asked, in the order of the asks.
    pub asks: Vec<AskRecord>,
    /// The folder in which the broken world was kept.
    pub kept: Option<PathBuf>,
    /// How it ended.
    pub ending: Ending,
}

impl PlayStory {
    /// Only counts the calls in its beats from now on.
    fn forget_calls(&mut self) {
        for trace in self.beats.iter_mut().filter_map(|beat| beat.trace.as_mut()) {
            *trace = Arc::new(trace.with_calls(0));
        }
    }
}

/// How a play ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// It has not finished.
    Open,
    /// It has a verdict.
    Verdict(Verdict),
    /// An internal error of the lab.
    LabFailed(String),
    /// The scenario does not fit its own world.
    NotPlayable(String),
}

impl Ending {
    /// Whether everything was as expected.
    pub const fn is_confirmed(&self) -> bool {
        matches!(self, Self::Verdict(Verdict::Confirmed))
    }

    /// The name in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Verdict(verdict) => verdict.name(),
            Self::NotPlayable(_) => "not-playable",
            Self::LabFailed(_) => "lab-failed",
        }
    }
}

/// The number of plays with each ending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Everything was as expected.
    pub confirmed: usize,
    /// A beat was not as expected.
    pub mismatch: usize,
    /// The beats prove nothing.
    pub inconclusive: usize,
    /// Internal errors, including plays that were announced but did not finish.
    pub lab_failed: usize,
    /// The scenario does not fit its own world.
    pub not_playable: usize,
}

impl Counts {
    /// These and others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            confirmed: self.confirmed + other.confirmed,
            mismatch: self.mismatch + other.mismatch,
            inconclusive: self.inconclusive + other.inconclusive,
            lab_failed: self.lab_failed + other.lab_failed,
            not_playable: self.not_playable + other.not_playable,
        }
    }

    /// How many plays there are.
    pub const fn total(&self) -> usize {
        self.confirmed + self.mismatch + self.inconclusive + self.lab_failed + self.not_playable
    }
}

impl Summary {
    /// A summary that keeps the traffic in detail, for [`har`], or calls of the subject, for [`trace`] and [`html`].
    pub fn keeping(keeps: Keeps) -> Self {
        Self { keeps, ..Self::default() }
    }

    /// Adds the next event of the run.
    pub fn add(&mut self, event: Event) {
        match event {
            Event::RunStarted(run) => self.run = Some(run),
            Event::PlayStarted { index, play } => {
                let story = PlayStory {
                    info: play,
                    beats: Vec::new(),
                    asks: Vec::new(),
                    kept: None,
                    ending: Ending::Open,
                };
                self.plays.insert(index, story);
            }
            Event::Asked { index, ask } => {
                let ask = if self.keeps.traces { ask } else { ask.without_calls() };
                self.tell(index, |play| play.asks.push(ask));
            }
            Event::BeatPlayed { index, mut beat } => {
                if !self.keeps.exchanges {
                    beat.said = Vec::new();
                }
                let calls_max = if self.keeps.listed_calls { CALLS_LISTED_MAX } else { 0 };
                beat.trace = beat.trace.map(|trace| Arc::new(trace.with_calls(calls_max)));
                self.tell(index, |play| play.beats.push(beat));
            }
            Event::Kept { index, folder } => self.tell(index, |play| play.kept = Some(folder)),
            Event::PlayEnded { index, verdict } => {
                if verdict == Verdict::Confirmed && !self.lists_all_calls() {
                    self.tell(index, PlayStory::forget_calls);
                }
                self.tell(index, |play| play.ending = Ending::Verdict(verdict));
            }
            Event::NotPlayable { index, error } => {
                self.tell(index, |play| play.ending = Ending::NotPlayable(error));
            }
            Event::LabFailed { index, error } => {
                self.tell(index, |play| play.ending = Ending::LabFailed(error));
            }
            Event::GivenUp { index } => drop(self.plays.remove(&index)),
            Event::Interrupted => self.is_interrupted = true,
            Event::RunEnded { unplayed } => {
                for play in self.plays.values_mut().filter(|play| play.ending == Ending::Open) {
                    play.ending = Ending::LabFailed("the play did not finish".to_owned());
                }
                let announced = self.run.as_ref().map_or(0, |run| run.plays);
                self.missing = announced.saturating_sub(self.plays.len() + unplayed);
                self.unplayed = unplayed;
            }
            // Events that are new tell nothing of which a report was made.
            _ => {}
        }
    }

    /// Whether the run is small enough for a page to list the calls in each of its plays.
    fn lists_all_calls(&self) -> bool {
        self.run.as_ref().is_none_or(|run| run.plays <= PLAYS_LISTED_MAX)
    }

    fn tell(&mut self, index: usize, change: impl FnOnce(&mut PlayStory)) {
        // Events of a play come after its start; the runner sees to that.
        if let Some(play) = self.plays.get_mut(&index) {
            change(play);
        }
    }

    /// Adds how long it took, which only who runs it knows.
    #[must_use]
    pub fn with_times(self, measured: Measured) -> Self {
        Self { measured: Some(measured), ..self }
    }

    /// Adds the command line that was typed, without what is secret in it.
    #[must_use]
    pub fn with_command(self, command: String) -> Self {
        Self { command: Some(command), ..self }
    }

    /// The command line that was typed, if there was one.
    pub fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }

    /// How long it took, if that was measured.
    pub const fn measured(&self) -> Option<&Measured> {
        self.measured.as_ref()
    }

    /// The run; `None` before it has started.
    pub const fn run(&self) -> Option<&RunStarted> {
        self.run.as_ref()
    }

    /// The play with this number in the run.
    pub fn play(&self, index: usize) -> Option<&PlayStory> {
        self.plays.get(&index)
    }

    /// The plays that have started, sorted by name.
    pub fn plays(&self) -> Vec<&PlayStory> {
        let mut plays: Vec<&PlayStory> = self.plays.values().collect();
        // The sort is stable: of two with one name, the first of the run stays first.
        plays.sort_by(|one, two| one.info.name.cmp(&two.info.name));
        plays
    }

    /// Whether the run was interrupted before all plays were played.
    pub const fn is_interrupted(&self) -> bool {
        self.is_interrupted
    }

    /// How many plays were not played, since the run was to stop at the first that was not confirmed, or was interrupted.
    pub const fn unplayed(&self) -> usize {
        self.unplayed
    }

    /// The counts so far.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { lab_failed: self.missing, ..Counts::default() };
        for play in self.plays.values() {
            match play.ending {
                Ending::Open => {}
                Ending::Verdict(Verdict::Confirmed) => counts.confirmed += 1,
                Ending::Verdict(Verdict::Mismatch(_)) => counts.mismatch += 1,
                Ending::Verdict(Verdict::Inconclusive { .. }) => counts.inconclusive += 1,
                Ending::LabFailed(_) => counts.lab_failed += 1,
                Ending::NotPlayable(_) => counts.not_playable += 1,
            }
        }
        counts
    }

    /// In how many controls the subject found something, although nothing is wrong in them.
    pub fn controls(&self) -> Controls {
        let mut controls = Controls::default();
        let played = self.plays.values().filter(|play| play.info.kind == PlayKind::Control);
        for play in played {
            let Ending::Verdict(verdict) = &play.ending else { continue };
            controls.played += 1;
            let is_false =
                matches!(verdict, Verdict::Mismatch(odd) if odd.kind == MismatchKind::FalseFinding);
            controls.false_findings += usize::from(is_false);
        }
        controls
    }
}

/// How often a subject found something although nothing was wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Controls {
    /// The number of controls with a verdict.
    pub played: usize,
    /// In how many of them the subject found something.
    pub false_findings: usize,
}

/// The section of the articles to which a play's row belongs.
fn section_of(info: &PlayInfo) -> &'static str {
    let Some(failure) = &info.failure else {
        return if info.kind == PlayKind::Compound { "compounds" } else { "controls" };
    };
    let row = Catalogue::known().failure(failure);
    row.map_or("others", |row| row.section.as_str())
}

/// More calls of a beat are not read on a page.
const CALLS_LISTED_MAX: usize = 200;

/// With the calls of more plays, a page is too large for a browser.
const PLAYS_LISTED_MAX: usize = 40;

#[cfg(test)]
mod tests;
