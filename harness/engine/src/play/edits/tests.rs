use std::num::NonZeroUsize;

use marslab_core::{Altered, ReferenceCore};
use marslab_live::Fidelity;
use marslab_model::{Diagnosis, Operation, Subject, Unexplained};

use super::{Reaction, TriedEdit, try_edits};
use crate::play::Options;
use crate::subject_runner::RustSubject;

fn tried(subject: impl Subject + 'static, seed: u64) -> Vec<TriedEdit> {
    let options = Options { fidelity: Fidelity::Memory, seed, ..Options::default() };
    let operations = [Operation::Backup, Operation::Register];
    let subject = RustSubject::new("altered", subject);
    try_edits(&operations, 40, &subject, &options, NonZeroUsize::MIN).expect("edits can be tried")
}

fn said(what: fn(&mut Diagnosis)) -> Vec<Reaction> {
    let tried = tried(Altered(what), 1);
    let failed = tried.iter().map(|it| it.reaction).filter(|it| *it != Reaction::Works);
    failed.collect()
}

#[test]
fn as_many_are_tried_as_were_asked_for_and_the_seed_decides_which() {
    let first = tried(ReferenceCore, 1);
    assert_eq!(first.len(), 40);
    assert_eq!(first, tried(ReferenceCore, 1));
    let faults = |tried: &[TriedEdit]| tried.iter().map(|it| it.fault.clone()).collect::<Vec<_>>();
    assert_ne!(faults(&first), faults(&tried(ReferenceCore, 2)));
}

#[test]
fn who_says_nothing_of_a_failure_is_silent() {
    let said = said(|it| *it = Diagnosis::healthy());
    assert!(!said.is_empty());
    assert!(said.iter().all(|it| *it == Reaction::Silent), "{said:?}");
}

#[test]
fn a_failure_that_is_called_unexplained_must_be_placed_at_its_step() {
    let said = said(|it| {
        let unexplained = Unexplained { step: "open-settings".into(), because: "a guess".into() };
        *it = Diagnosis { unexplained: Some(unexplained), ..Diagnosis::healthy() };
    });
    assert!(said.contains(&Reaction::WrongStep), "{said:?}");
    assert!(!said.contains(&Reaction::Silent) && !said.contains(&Reaction::Finds));
}
