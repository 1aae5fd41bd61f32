//! A registered server on which no passphrase was ever set (mars-facts 1.10).

use marslab_model::Finding;

use super::{COPYING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let is_missing = scene.config.is_registered() && scene.config.key_verifier.is_none();
    let found = is_missing.then(|| {
        Finding::cause("passphrase-not-set", "set-passphrase")
            .with_evidence("the registry holds a registration, and nothing of a passphrase")
    });
    found.into()
}

#[cfg(test)]
mod tests;
