use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use marslab_model::host::Answer;
use marslab_model::subject::SubjectError;
use marslab_model::world::{Machine, ServiceState};
use marslab_model::{Complaint, Diagnosis, Finding, Name, WinPath};

use super::is_otherwise;
use crate::play::tests::{SIMPLE, found, play, played_by};
use crate::subject_runner::SubjectRunner;
use crate::trace::TracedLive;
use crate::verdict::{MismatchKind, Verdict};

/// A clock that tells `at` seconds.
fn clock(at: i64) -> Answer {
    Answer::Now(Timestamp::from_second(at).unwrap())
}

#[test]
fn a_clock_that_has_gone_on_says_nothing_else() {
    let waited = (SignedDuration::from_secs(60), SignedDuration::from_secs(5));
    assert!(!is_otherwise((&clock(1_060), &clock(1_005)), waited));
    assert!(is_otherwise((&clock(1_060), &clock(1_060)), waited));
    assert!(is_otherwise((&clock(1_005), &clock(1_060)), waited));
    let [one, other] = ["SRV01", "SRV02"].map(|name| Answer::ComputerName(Name::new(name)));
    assert!(is_otherwise((&one, &other), waited));
    assert!(!is_otherwise((&one, &one), waited));
}

/// What a program reads in the folder of a drive cannot be traced.
#[test]
fn a_folder_is_a_ground_where_a_file_shows_something() {
    const KEY: &str =
        r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch\OnlineBackup.KEK";

    struct ReadsFolder {
        is_broken: fn(&Machine) -> bool,
        finding: Finding,
    }

    #[async_trait]
    impl SubjectRunner for ReadsFolder {
        fn name(&self) -> String {
            "reads a folder".to_owned()
        }

        async fn diagnose(
            &self,
            _told: &Complaint,
            live: &TracedLive<'_>,
        ) -> Result<Diagnosis, SubjectError> {
            live.shared().1.hand_out_folder();
            let world = live.live().snapshot().unwrap();
            let is_broken = (self.is_broken)(&world.machines[live.live().machine_name()]);
            let found = is_broken.then(|| self.finding.clone());
            Ok(Diagnosis { findings: found.into_iter().collect(), ..Diagnosis::healthy() })
        }
    }

    let lacks_key = |machine: &Machine| !machine.files.contains_key(&WinPath::new(KEY));
    let is_stopped =
        |machine: &Machine| machine.services[&Name::new("MSiSCSI")].state == ServiceState::Stopped;
    let of_file =
        ReadsFolder { is_broken: lacks_key, finding: found("kek-missing", None).with_about(KEY) };
    assert_eq!(
        played_by(&of_file, &play("passphrase-kek-missing"), 1).0.unwrap(),
        Verdict::Confirmed
    );
    let of_service = ReadsFolder { is_broken: is_stopped, finding: found(SIMPLE, None) };
    let Ok(Verdict::Mismatch(mismatch)) = played_by(&of_service, &play(SIMPLE), 1).0 else {
        panic!("a service is in no folder")
    };
    assert_eq!(mismatch.kind, MismatchKind::Guessed);
}
