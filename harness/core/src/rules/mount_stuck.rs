//! A mount of a recovery volume that was begun and has not ended.

use marslab_model::Finding;

use super::{RESTORING, Rule};
use crate::config::text;
use crate::facts::{MOUNT_MARK, PROVIDER_KEY};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let found = text(scene.host, PROVIDER_KEY, MOUNT_MARK).map(|point| {
        Finding::cause("mount-stuck", "cancel-mount").with_evidence(format!(
            "the mount of the recovery point {point} has started, but not ended"
        ))
    });
    found.into()
}

#[cfg(test)]
mod tests;
