//! Where a class and each of its trainees stand.

use std::sync::Arc;

use marslab_model::Wording;
use marslab_model::world::Language;
use marslab_training::course::Exercise;
use marslab_training::debrief::Debrief;
use marslab_training::ticket::Ticket;
use marslab_training::training::{Onlooker, Progress};
use tokio::time::Instant;

use crate::shown::Shown;

/// Where a class stands.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// What is said first.
    pub(crate) begin: Option<&'static Wording>,
    /// The exercise, once one was started.
    pub(crate) exercise: Option<Exercise>,
    /// The number of the next one, from 0.
    pub(crate) next: usize,
    /// How many there are.
    pub(crate) count: usize,
    /// Whether the answer is shown.
    pub(crate) is_revealed: bool,
    /// Why an exercise could not be started.
    pub(crate) trouble: Option<String>,
}

/// What is shown to a trainee, and about one.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) stage: Stage,
    pub(crate) shown: Shown,
    pub(crate) ticket: Option<Ticket>,
    /// For others who look on while the exercise goes on.
    pub(crate) onlooker: Option<Onlooker>,
    pub(crate) progress: Progress,
    /// What the last button printed.
    pub(crate) said: Option<String>,
    /// How many exercises were begun.
    pub(crate) begun: u32,
}

/// What came of an exercise, in each language of the page.
#[derive(Clone)]
pub(crate) struct Debriefs(Arc<[Debrief; 4]>);

impl Debriefs {
    /// In the order in which a training gives them.
    pub(super) fn new(all: [Debrief; 4]) -> Self {
        Self(Arc::new(all))
    }

    /// In a language.
    pub(crate) fn of(&self, language: Language) -> &Debrief {
        language.pick(self.0.each_ref())
    }
}

/// Where a trainee stands.
#[derive(Clone)]
pub(crate) enum Stage {
    /// No exercise is there.
    Waiting,
    /// They are at it, since then.
    Working(Instant),
    /// They have ended it.
    Ended(Debriefs),
    /// The lab could not judge it.
    Failed,
}
