use jiff::Timestamp;
use proptest::prelude::*;

use super::{Action, Lease, Refusal, after, at, later, state};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn acquired(id: &str, seconds: Option<u32>) -> Lease {
    after(&Lease::Available, Action::Acquire(seconds, id.to_owned()), NOW).unwrap()
}

#[test]
fn outcomes() {
    let text = |text: &str| text.to_owned();
    for (action, expected) in [
        (Action::Acquire(None, text("b")), Err(Refusal::LeaseAlreadyPresent)),
        (Action::Renew(text("b")), Err(Refusal::LeaseIdMismatchWithLeaseOperation)),
        (Action::Release(text("b")), Err(Refusal::LeaseIdMismatchWithLeaseOperation)),
        (Action::Release(text("a")), Ok("available")),
        (Action::Change(text("a"), text("b")), Ok("leased")),
        (Action::Break(Some(5)), Ok("breaking")),
        (Action::Break(Some(0)), Ok("broken")),
    ] {
        let told = after(&acquired("a", Some(15)), action.clone(), NOW);
        assert_eq!(told.map(|lease| state(&lease, NOW).0), expected, "{action:?}");
    }
    let broken = after(&acquired("a", None), Action::Break(None), NOW).unwrap();
    assert_eq!(broken, Lease::Broken);
    assert_eq!(
        after(&broken, Action::Renew(text("a")), NOW),
        Err(Refusal::LeaseIsBrokenAndCannotBeRenewed)
    );
}

#[test]
fn a_lease_that_has_run_out_can_be_renewed() {
    let (lease, later) = (acquired("a", Some(15)), later(NOW, 16));
    assert_eq!(state(&lease, later).0, "expired");
    assert!(after(&lease, Action::Renew("a".to_owned()), later).is_ok());
    assert!(after(&lease, Action::Acquire(None, "b".to_owned()), later).is_ok());
}

proptest! {
    /// Whoever holds a lease can let it go, and then nobody does.
    #[test]
    fn a_holder_can_let_go(seconds in proptest::option::of(15_u32..60), waited in 0_u32..14) {
        let lease = acquired("a", seconds);
        let now = later(NOW, waited);
        let held = matches!(at(&lease, now), Lease::Leased { .. });
        prop_assert!(held);
        prop_assert_eq!(after(&lease, Action::Release("a".to_owned()), now), Ok(Lease::Available));
    }
}
