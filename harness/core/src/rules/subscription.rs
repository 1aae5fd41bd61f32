//! A subscription that was disabled or has expired.

use super::{PORTAL, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    let subscriptions = scene.portal.iter().flat_map(|portal| &portal.subscriptions);
    subscriptions.filter_map(|(id, state)| found(id, state)).collect()
}

fn found(id: &str, state: &str) -> Option<Found> {
    let found = match state {
        "Disabled" | "Deleted" => Found::cause("subscription-disabled", "enable-subscription"),
        "Expired" | "PastDue" => Found::cause("subscription-expired", "renew-subscription"),
        _ => return None,
    };
    Some(found.evidence(format!("the state of the subscription {id} is {state}")))
}

#[cfg(test)]
mod tests;
