//! A subscription that was disabled or has expired.

use marslab_model::Finding;

use super::{PORTAL, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let subscriptions = scene.portal.iter().flat_map(|portal| &portal.subscriptions);
    subscriptions.filter_map(|(id, state)| found(id, state)).collect()
}

fn found(id: &str, state: &str) -> Option<Finding> {
    let found = match state {
        "Disabled" | "Deleted" => Finding::cause("subscription-disabled", "enable-subscription"),
        "Expired" | "PastDue" => Finding::cause("subscription-expired", "renew-subscription"),
        _ => return None,
    };
    Some(found.with_evidence(format!("the state of the subscription {id} is {state}")))
}

#[cfg(test)]
mod tests;
