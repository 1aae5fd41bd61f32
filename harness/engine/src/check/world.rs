//! A world that no scenario describes.

use std::collections::BTreeSet;

use marslab_live::Live;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Operation, Outcome, Subject, World};

use super::CheckError;
use crate::play::{Options, PlayError, Stop, prepare_for};
use crate::runner::block_on;
use crate::subject_runner::{RustSubject, SubjectRunner as _};
use crate::trace::{Trace, TracedLive};

/// What happened in a world, and what the subject said of it.
#[derive(Debug)]
pub struct CheckedWorld {
    /// How the operation ended.
    pub outcome: Outcome,
    /// The subject's answer.
    pub said: Result<Diagnosis, SubjectError>,
    /// What the subject asked for it.
    pub trace: Trace,
}

impl CheckedWorld {
    /// Ends the test unless the subject found these causes and no others; in any order, whatever they are about.
    ///
    /// # Panics
    ///
    /// With what it said instead.
    #[track_caller]
    pub fn assert_finds<'a>(&self, causes: impl IntoIterator<Item = &'a str>) {
        let expected: BTreeSet<&str> = causes.into_iter().collect();
        let findings = self.said.as_ref().map(|said| said.findings.as_slice());
        let found: BTreeSet<&str> =
            findings.iter().copied().flatten().map(|it| it.cause.as_str()).collect();
        assert!(
            self.said.is_ok() && found == expected,
            "expected the findings {expected:?}; the operation: {:?}; the subject: {:?}",
            self.outcome,
            self.said
        );
    }
}

pub(super) fn healthy(operation: Operation, options: &Options) -> Result<World, CheckError> {
    let prepared = block_on(options.fidelity, prepare_for(operation, options));
    match prepared? {
        Ok(snapshot) => Ok(snapshot.world),
        Err(Stop::Error(error)) => Err(error.into()),
        Err(Stop::Mismatch(odd)) => Err(CheckError::NotHealthy(odd.to_string())),
    }
}

pub(super) fn check(
    world: World,
    operation: Operation,
    subject: impl Subject + 'static,
    options: &Options,
) -> Result<CheckedWorld, CheckError> {
    let subject = RustSubject::new("the subject", subject);
    Ok(block_on(options.fidelity, ask(world, operation, &subject, options))??)
}

async fn ask(
    world: World,
    operation: Operation,
    subject: &RustSubject,
    options: &Options,
) -> Result<CheckedWorld, PlayError> {
    let live = Live::start(world, &options.start_options(options.fidelity))?;
    let outcome = live.operate(operation).await;
    let message = match &outcome {
        Outcome::Failed(symptom) => symptom.message.clone(),
        Outcome::Succeeded => String::new(),
    };
    let (version, machine) = (Complaint::VERSION, live.machine_name().clone());
    let complaint = Complaint { version, machine, operation, message, language: options.language };
    let traced = TracedLive::new(&live);
    let said = subject.diagnose(&complaint, &traced).await;
    let trace = traced.end();
    Ok(CheckedWorld { outcome, said, trace })
}
