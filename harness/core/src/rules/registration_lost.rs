//! A server that holds a key of backups, and no registration any more (mars-facts 1.9).

use marslab_model::Finding;

use super::{REGISTERED, Rule};
use crate::facts::KEK;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::is_absent;

pub(super) const RULE: Rule = Rule { during: REGISTERED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if scene.config.is_registered() {
        return RuleOutput::default();
    }
    let key = scene.scratch.place().map(|folder| folder.join(KEK));
    // Without a key the server may just not have been registered yet.
    let key = key.filter(|key| !is_absent(scene.host, key));
    let found = key.map(|key| {
        Finding::cause("registration-lost", "register-and-configure")
            .with_evidence(format!("{key} exists, but the registry holds no registration"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
