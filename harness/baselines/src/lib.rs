//! Baselines: subjects that do not diagnose. A score says something only beside theirs.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `shares` | work on several cores |
//! | `tables` | those that look at the catalogue and the complaint, and at no machine |
//! | [`memory`] | those that remember what was right in another run |
//! | [`difficulty`] | `scenarios/difficulty.tsv` |
//! | [`page`] | `scenarios/BASELINES.md` |
//!
//! Absent: any way past the judge. A baseline is a [`Subject`](marslab_model::Subject) like any other, and gets the complaint
//! and the host port.

use marslab_engine::subject_runner::RustSubject;

use crate::memory::{ByHeart, Clue, Training};
use crate::tables::{CommonestCause, MessageTable, Silence, UncheckedPadder};

pub mod difficulty;
pub mod memory;
pub mod page;
mod shares;
mod tables;

/// A subject that does not diagnose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Baseline {
    /// Finds nothing.
    Silence,
    /// Finds the cause that most rows of the message's section have.
    CommonestCause,
    /// Finds the cause that most rows with the message have.
    MessageTable,
    /// Answers what was right with this message and this last line of the agent's log.
    LogReader,
    /// Answers what was right when it was asked for the n-th time.
    CallCounter,
    /// Answers what was right for this complaint.
    RecordedAnswers,
    /// Answers what was right in the world that looks like this one.
    Fingerprint,
    /// Finds nothing, and leaves everything unchecked.
    UncheckedPadder,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Silence,
        Self::CommonestCause,
        Self::MessageTable,
        Self::LogReader,
        Self::CallCounter,
        Self::RecordedAnswers,
        Self::Fingerprint,
        Self::UncheckedPadder,
    ];

    /// What stands before the name of a baseline where subjects are named.
    pub const PREFIX: &str = marslab_report::report::board::BASELINE;

    /// Its name, without [`Baseline::PREFIX`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::CommonestCause => "commonest-cause",
            Self::MessageTable => "message-table",
            Self::LogReader => "log-reader",
            Self::CallCounter => "call-counter",
            Self::RecordedAnswers => "recorded-answers",
            Self::Fingerprint => "fingerprint",
            Self::UncheckedPadder => "unchecked-padder",
        }
    }

    /// What it does, in one sentence.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Silence => "Finds nothing.",
            Self::CommonestCause => {
                "Knows the section of the articles from the message, and finds the cause that most of its rows have."
            }
            Self::MessageTable => "Finds the cause that most rows with this message have.",
            Self::LogReader => {
                "Reads the last line of the agent's log, and answers what was most often right with it and the message."
            }
            Self::CallCounter => "Counts how often it was asked, and answers what was right then.",
            Self::RecordedAnswers => {
                "Answers what was most often right for the message and the operation."
            }
            Self::Fingerprint => {
                "Compares registry, services, volumes, users and scratch folder with worlds that it has seen, and answers \
                 what was right there."
            }
            Self::UncheckedPadder => "Finds nothing, and leaves every area unchecked.",
        }
    }

    /// The baseline with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether it is itself only if plays come one after the other.
    pub const fn needs_order(self) -> bool {
        matches!(self, Self::CallCounter)
    }

    /// The subject. One that remembers is trained first, which plays everything once.
    pub fn subject(self, training: &Training<'_>) -> RustSubject {
        let name = format!("{}{}", Self::PREFIX, self.name());
        let by_heart = |clue| ByHeart::new(clue, training);
        match self {
            Self::Silence => RustSubject::new(name, Silence),
            Self::CommonestCause => RustSubject::new(name, CommonestCause),
            Self::MessageTable => RustSubject::new(name, MessageTable),
            Self::LogReader => RustSubject::new(name, by_heart(Clue::Log)),
            Self::CallCounter => RustSubject::new(name, by_heart(Clue::Count)),
            Self::RecordedAnswers => RustSubject::new(name, by_heart(Clue::Complaint)),
            Self::Fingerprint => RustSubject::new(name, by_heart(Clue::Looks)),
            Self::UncheckedPadder => RustSubject::new(name, UncheckedPadder),
        }
    }
}
