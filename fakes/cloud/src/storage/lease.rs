//! What can be done with a lease, and what follows (the reference on Lease Blob and Lease Container, with its table of outcomes).

use jiff::{SignedDuration, Timestamp};
use marslab_model::world::Lease;

use super::errors::Refusal;

/// What is done with a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// For so many seconds, or without end; under this id.
    Acquire(Option<u32>, String),
    Renew(String),
    /// From one id to another.
    Change(String, String),
    Release(String),
    /// After at most so many seconds; `None` for as long as it has left.
    Break(Option<u32>),
}

/// The lease after an action.
pub(super) fn after(lease: &Lease, action: Action, now: Timestamp) -> Result<Lease, Refusal> {
    let mismatch = Err(Refusal::LeaseIdMismatchWithLeaseOperation);
    let own = at(lease, now);
    match (action, own) {
        (Action::Acquire(seconds, id), Lease::Leased { id: own, .. }) if id == own => {
            Ok(leased(id, seconds, now))
        }
        (Action::Acquire(..), Lease::Leased { .. }) => Err(Refusal::LeaseAlreadyPresent),
        (Action::Acquire(_, id), Lease::Breaking { id: own, .. }) if id == own => {
            Err(Refusal::LeaseIsBreakingAndCannotBeAcquired)
        }
        (Action::Acquire(..), Lease::Breaking { .. }) => Err(Refusal::LeaseAlreadyPresent),
        (Action::Acquire(seconds, id), Lease::Available | Lease::Broken) => {
            Ok(leased(id, seconds, now))
        }
        (Action::Renew(id), Lease::Leased { id: own, seconds, .. }) if id == own => {
            Ok(leased(id, seconds, now))
        }
        // One that has run out can be taken up again as long as nobody else has it.
        (Action::Renew(id), Lease::Available) => match lease {
            Lease::Leased { id: own, seconds, .. } if *own == id => Ok(leased(id, *seconds, now)),
            _ => mismatch,
        },
        (Action::Renew(_), Lease::Breaking { .. } | Lease::Broken) => {
            Err(Refusal::LeaseIsBrokenAndCannotBeRenewed)
        }
        (Action::Change(id, to), Lease::Leased { id: own, until, seconds })
            if id == own || to == own =>
        {
            Ok(Lease::Leased { id: to, until, seconds })
        }
        (Action::Change(..), Lease::Breaking { .. }) => {
            Err(Refusal::LeaseIsBreakingAndCannotBeChanged)
        }
        (Action::Change(..), Lease::Available | Lease::Broken) => {
            Err(Refusal::LeaseNotPresentWithLeaseOperation)
        }
        (Action::Release(id), Lease::Leased { id: own, .. } | Lease::Breaking { id: own, .. })
            if id == own =>
        {
            Ok(Lease::Available)
        }
        (Action::Break(within), Lease::Leased { id, until, .. }) => {
            Ok(breaking(id, until, within, now))
        }
        (Action::Break(within), Lease::Breaking { id, until }) => {
            Ok(breaking(id, Some(until), within, now))
        }
        (Action::Break(_), Lease::Broken) => Ok(Lease::Broken),
        (Action::Break(_), Lease::Available) => Err(Refusal::LeaseNotPresentWithLeaseOperation),
        (Action::Renew(_) | Action::Change(..) | Action::Release(_), _) => mismatch,
    }
}

/// The lease now: time may have ended it.
pub(super) fn at(lease: &Lease, now: Timestamp) -> Lease {
    match lease {
        Lease::Leased { until: Some(until), .. } if *until <= now => Lease::Available,
        Lease::Breaking { until, .. } if *until <= now => Lease::Broken,
        other => other.clone(),
    }
}

/// How the lease is called, and whether it keeps others out.
pub(super) fn state(lease: &Lease, now: Timestamp) -> (&'static str, &'static str) {
    match (lease, at(lease, now)) {
        (Lease::Leased { .. }, Lease::Available) => ("expired", "unlocked"),
        (_, Lease::Available) => ("available", "unlocked"),
        (_, Lease::Leased { .. }) => ("leased", "locked"),
        (_, Lease::Breaking { .. }) => ("breaking", "locked"),
        (_, Lease::Broken) => ("broken", "unlocked"),
    }
}

fn leased(id: String, seconds: Option<u32>, now: Timestamp) -> Lease {
    Lease::Leased { id, until: seconds.map(|seconds| later(now, seconds)), seconds }
}

fn breaking(id: String, until: Option<Timestamp>, within: Option<u32>, now: Timestamp) -> Lease {
    let soon = within.map(|seconds| later(now, seconds));
    let end = match (soon, until) {
        (Some(soon), Some(until)) => soon.min(until),
        (Some(soon), None) => soon,
        (None, Some(until)) => until,
        // One without end is over at once.
        (None, None) => now,
    };
    if end <= now { Lease::Broken } else { Lease::Breaking { id, until: end } }
}

fn later(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(now)
}

#[cfg(test)]
mod tests {
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
}
