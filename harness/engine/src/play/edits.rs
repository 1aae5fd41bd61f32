//! Edits of any field of a world, drawn by a seed: whether a subject says something wherever the operation fails, although
//! nobody has catalogued why.

use std::num::NonZeroUsize;
use std::sync::Arc;

use marslab_actions::field_edits::{FieldEdit, field_edits};
use marslab_live::Step;
use marslab_model::{Diagnosis, Level, Operation, Outcome};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::{Library, draft};

use super::draw::Draw;
use super::healthy::prepare_for;
use super::trial::{Trial, trial};
use super::{Options, PlayError, Stop};
use crate::runner::block_on;
use crate::subject_runner::SubjectRunner;

/// One edit that was made, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedEdit {
    /// The field, with `*` for each key of a map.
    pub field: String,
    /// The edit as a fault, for `marslab try`.
    pub fault: String,
    /// What was tried.
    pub operation: Operation,
    /// The step at which it stopped; nothing where it succeeded.
    pub stopped_at: Option<Step>,
    /// What the subject said of it.
    pub reaction: Reaction,
}

/// What a subject says of a world in which something was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reaction {
    /// The operation succeeds, so nothing need be said.
    Works,
    /// It finds a cause.
    Finds,
    /// It finds none, and names an area that it could not check.
    Unchecked,
    /// It says that the failure is unexplained, and at which step.
    Unexplained,
    /// It says that the failure is unexplained, but at another step.
    WrongStep,
    /// It says nothing.
    Silent,
    /// It gives no diagnosis.
    NoDiagnosis,
}

impl Reaction {
    fn of(tried: &Trial) -> Self {
        if matches!(tried.broken.outcome, None | Some(Outcome::Succeeded)) {
            return Self::Works;
        }
        match (&tried.diagnosed.diagnosis, &tried.odd) {
            (Some(said), None) => Self::to_failure(said, tried.broken.stopped_at),
            _ => Self::NoDiagnosis,
        }
    }

    fn to_failure(said: &Diagnosis, stopped_at: Option<Step>) -> Self {
        if said.findings.iter().any(|finding| finding.level == Level::Cause) {
            return Self::Finds;
        }
        if !said.unchecked.is_empty() {
            return Self::Unchecked;
        }
        match &said.unexplained {
            Some(it) if stopped_at.is_some_and(|step| step.as_str() == it.step) => {
                Self::Unexplained
            }
            Some(_) => Self::WrongStep,
            None => Self::Silent,
        }
    }
}

/// Tries `count` edits, or as many as there are, each in a healthy world of its own with one of these operations. Which ones
/// follows from the seed of the options. An edit that the world does not take is not counted.
pub fn try_edits(
    operations: &[Operation],
    count: usize,
    subject: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Result<Vec<TriedEdit>, PlayError> {
    let mut candidates = Vec::new();
    for operation in operations {
        let edits = block_on(options.fidelity, edits_before(*operation, options))?;
        let edits = edits.map_err(|stop| match stop {
            Stop::Error(error) => error,
            Stop::Mismatch(odd) => PlayError::NotHealthy(Box::new(odd)),
        })?;
        candidates.extend(edits.into_iter().map(|edit| (*operation, edit)));
    }
    Draw::new(options.seed, "", "edits").shuffle(&mut candidates);
    let mut tried = Vec::new();
    for some in candidates.chunks(CHUNK) {
        for one in try_all(some, subject, options, jobs) {
            tried.extend(one?);
            if tried.len() == count {
                return Ok(tried);
            }
        }
    }
    Ok(tried)
}

/// The edits of the world in which everything that comes before an operation has been done.
async fn edits_before(operation: Operation, options: &Options) -> Result<Vec<FieldEdit>, Stop> {
    let world = prepare_for(operation, options).await?.world;
    Ok(field_edits(&world))
}

/// What came of these, in their order; nothing of those that the world does not take.
fn try_all(
    some: &[(Operation, FieldEdit)],
    subject: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Vec<Result<Option<TriedEdit>, PlayError>> {
    let share = some.len().div_ceil(jobs.get()).max(1);
    let library = Library::without_plays(Catalogue::known(), Arc::new(options.cast()));
    let library = &library;
    std::thread::scope(|scope| {
        let threads: Vec<_> = some
            .chunks(share)
            .map(|some| {
                scope.spawn(move || {
                    let each = some.iter();
                    each.map(|(of, edit)| try_one(*of, edit, (subject, library), options))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let ended = threads.into_iter().map(|thread| match thread.join() {
            Ok(tried) => tried,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        ended.flatten().collect()
    })
}

fn try_one(
    operation: Operation,
    edit: &FieldEdit,
    (subject, library): (&dyn SubjectRunner, &Library<'_>),
    options: &Options,
) -> Result<Option<TriedEdit>, PlayError> {
    let Some(fault) = edit.fault() else { return Ok(None) };
    let reaction = react(&fault, operation, (subject, library), options)?;
    Ok(reaction.map(|(stopped_at, reaction)| {
        let field = edit.field.clone();
        TriedEdit { field, fault, operation, stopped_at, reaction }
    }))
}

/// What a subject says where an operation was tried after a fault, written as in a scenario file, and at which step it stopped;
/// nothing where the world does not take the fault.
pub fn react(
    fault: &str,
    operation: Operation,
    (subject, library): (&dyn SubjectRunner, &Library<'_>),
    options: &Options,
) -> Result<Option<(Option<Step>, Reaction)>, PlayError> {
    let text = format!("[[fault]]\n{fault}\n\n[when]\noperation = \"{operation}\"\n");
    let Ok(play) = draft("edit", &text, library) else { return Ok(None) };
    match trial(&play, subject, options) {
        Err(PlayError::NotApplicable { .. }) => Ok(None),
        tried => {
            let tried = tried?;
            Ok(Some((tried.broken.stopped_at, Reaction::of(&tried))))
        }
    }
}

/// How many edits are tried before the rest of them.
const CHUNK: usize = 256;

#[cfg(test)]
mod tests;
