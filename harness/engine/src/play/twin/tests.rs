use std::collections::BTreeSet;
use std::sync::Mutex;

use async_trait::async_trait;
use marslab_core::ReferenceCore;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Name};
use marslab_scenario::PlayKind;

use crate::play::tests::{play, played_by};
use crate::subject_runner::{RustSubject, SubjectRunner};
use crate::trace::TracedLive;
use crate::verdict::Verdict;

#[test]
fn a_twin_that_nobody_names_is_a_failure_of_the_same_operation() {
    let mut control = play("hosts-entry-with-its-own-address");
    control.twin = None;
    for seed in 0..6 {
        let subject = RustSubject::new("reference", ReferenceCore);
        let (ended, beats) = played_by(&subject, &control, seed);
        assert_eq!(ended.unwrap(), Verdict::Confirmed);
        let twin = beats.iter().find_map(|beat| beat.twin.as_deref()).unwrap();
        let twin = play(twin);
        assert_eq!((twin.operation, twin.kind()), (control.operation, PlayKind::Failure));
    }
}

/// Otherwise a core could tell by the machine's name that nothing is wrong any more.
#[test]
fn where_the_administrator_moves_each_machine_is_shown_broken() {
    /// Notes at which machine something was found.
    struct Notes(RustSubject, Mutex<BTreeSet<(Name, bool)>>);

    #[async_trait]
    impl SubjectRunner for Notes {
        fn name(&self) -> String {
            self.0.name()
        }

        async fn diagnose(
            &self,
            told: &Complaint,
            live: &TracedLive<'_>,
        ) -> Result<Diagnosis, SubjectError> {
            let machine = live.live().machine_name().clone();
            assert_eq!(told.machine, machine);
            let said = self.0.diagnose(told, live).await?;
            self.1.lock().unwrap().insert((machine, !said.findings.is_empty()));
            Ok(said)
        }
    }

    let notes = Notes(RustSubject::new("reference", ReferenceCore), Mutex::default());
    let (ended, _) = played_by(&notes, &play("restore-alternate-machine"), 1);
    assert_eq!(ended.unwrap(), Verdict::Confirmed);
    let seen = notes.1.into_inner().unwrap();
    let broken: BTreeSet<&Name> = seen.iter().filter(|it| it.1).map(|it| &it.0).collect();
    assert_eq!(broken.len(), 2, "{seen:?}");
}
