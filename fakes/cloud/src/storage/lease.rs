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
mod tests;
