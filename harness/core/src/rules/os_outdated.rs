//! An operating system that lacks updates.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let os = scene.host.os().unwrap_or_default();
    if os.missing_updates.is_empty() {
        return RuleOutput::default();
    }
    let missing: Vec<&str> = os.missing_updates.iter().map(String::as_str).collect();
    Finding::advice("os-outdated", "install-updates")
        .with_evidence(format!("{} lacks {}", os.caption, missing.join(", ")))
        .into()
}

#[cfg(test)]
mod tests;
