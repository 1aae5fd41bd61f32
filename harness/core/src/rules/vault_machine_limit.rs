//! A vault that holds as many machines as it can.

use marslab_model::Finding;

use super::{PORTAL, Rule};
use crate::facts::MACHINES_USAGE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(portal) = &scene.portal else {
        return RuleOutput::unchecked(
            areas::VAULT,
            "no user who can reach the portal is signed in to it",
        );
    };
    let most = scene.limits.vault_machines;
    let full = portal.machines.iter().filter(|(_, machines)| **machines >= most);
    let findings: RuleOutput = full.map(|(vault, machines)| found(vault, *machines)).collect();
    RuleOutput { unchecked: portal.unchecked.clone(), ..findings }
}

fn found(vault: &str, machines: u64) -> Finding {
    Finding::cause("vault-machine-limit", "remove-machine-from-vault")
        .with_about(vault)
        .with_evidence(format!("{MACHINES_USAGE} of {vault} is {machines}"))
}

#[cfg(test)]
mod tests;
