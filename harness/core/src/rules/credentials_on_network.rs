//! A vault credentials file on a share of another machine.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let file = scene.credentials.as_ref().filter(|file| file.on_network);
    let file = file.filter(|_| scene.needs_credentials());
    let found = file.map(|file| {
        Finding::cause("credentials-on-network-path", "copy-credentials-to-local-disk")
            .with_about(file.path.as_str())
            .with_evidence("the folder for downloads is a share of another machine")
    });
    found.into()
}

#[cfg(test)]
mod tests;
