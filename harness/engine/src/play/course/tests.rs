use marslab_core::Altered;
use marslab_model::Diagnosis;

use crate::play::tests::{play, played_by};
use crate::subject_runner::RustSubject;
use crate::verdict::{Beat, MismatchKind, Verdict};

#[test]
fn of_several_faults_what_is_found_later_was_there_all_along() {
    let one_by_one = |said: &mut Diagnosis| {
        if said.findings.iter().any(|it| it.cause == "ip-range-blocked") {
            said.findings.retain(|it| it.cause == "ip-range-blocked");
        }
    };
    let subject = RustSubject::new("one by one", Altered(one_by_one));
    let play = play("range-blocked-and-machine-of-another-vault");
    let Ok(Verdict::Mismatch(mismatch)) = played_by(&subject, &play, 1).0 else {
        panic!("nothing was missed")
    };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::Diagnosed, MismatchKind::NotFound));
}
