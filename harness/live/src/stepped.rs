//! What was read in each step of an operation.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use marslab_agent::Step;
use marslab_model::{FieldPath, Outcome};

/// How an operation ended, at which step, and what was read in each.
#[derive(Clone, Debug)]
pub struct SteppedOutcome {
    /// What the console shows.
    pub outcome: Outcome,
    /// The step whose call failed; `None` if the operation succeeded.
    pub stopped_at: Option<Step>,
    /// The steps in the order in which they were first entered, each with the fields of the World that were read in it, by the
    /// agent or by what it called.
    pub reads: Vec<(Step, BTreeSet<FieldPath>)>,
}

impl SteppedOutcome {
    /// Everything that was read, in whichever step.
    pub fn all_reads(&self) -> BTreeSet<FieldPath> {
        self.reads.iter().flat_map(|(_step, fields)| fields).cloned().collect()
    }

    /// What was read in the step at which the operation stopped.
    pub fn last_reads(&self) -> Option<&BTreeSet<FieldPath>> {
        let (_step, fields) = self.reads.iter().find(|(step, _)| Some(*step) == self.stopped_at)?;
        Some(fields)
    }
}

/// Sorts reads by step while an operation goes on.
#[derive(Default)]
pub(crate) struct StepReads(Mutex<Sorted>);

#[derive(Default)]
struct Sorted {
    by_step: Vec<(Step, BTreeSet<FieldPath>)>,
    /// The present step, by its place in `by_step`; none before the first.
    present: Option<usize>,
    /// What was read before the first step; it counts for that step.
    before: BTreeSet<FieldPath>,
}

impl StepReads {
    /// Enters a step; `read` was read since the last one was entered.
    pub(crate) fn enter(&self, step: Step, read: BTreeSet<FieldPath>) {
        let mut sorted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sorted.add(read);
        let known = sorted.by_step.iter().position(|(known, _)| *known == step);
        let place = known.unwrap_or_else(|| {
            let before = std::mem::take(&mut sorted.before);
            sorted.by_step.push((step, before));
            sorted.by_step.len() - 1
        });
        sorted.present = Some(place);
    }

    /// The reads by step; `read` was read since the last one was entered.
    pub(crate) fn end(self, read: BTreeSet<FieldPath>) -> Vec<(Step, BTreeSet<FieldPath>)> {
        let mut sorted = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        sorted.add(read);
        sorted.by_step
    }
}

impl Sorted {
    fn add(&mut self, read: BTreeSet<FieldPath>) {
        let present = self.present.and_then(|place| self.by_step.get_mut(place));
        match present {
            Some((_step, fields)) => fields.extend(read),
            None => self.before.extend(read),
        }
    }
}
