//! A server that goes by another name than the one under which it was registered (mars-facts 1.9).

use marslab_model::Finding;

use super::{COPYING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let registered = scene.config.server_name.as_deref().filter(|_| scene.config.is_registered());
    let Some(registered) = registered else { return RuleOutput::default() };
    let now = scene.host.full_name();
    let found = (!registered.eq_ignore_ascii_case(now.as_str())).then(|| {
        Finding::cause("server-renamed", "rename-server")
            .with_about(now.as_str())
            .with_evidence(format!("it was registered as {registered}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
