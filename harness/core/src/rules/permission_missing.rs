//! A user who may not do what the download or the registration needs.

use marslab_model::Finding;

use super::{PORTAL, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // One finding: the roles that lack one of the actions mostly lack the others, too, and one grant cures all.
    let denied = scene.portal.iter().find_map(|portal| portal.denied.first());
    let found = denied.map(|action| {
        Finding::cause("permission-missing", "grant-backup-role")
            .with_about(action)
            .with_evidence(format!("the user's roles do not allow {action}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
