//! A vault that holds as many machines as it can.

use super::{PORTAL, Rule};
use crate::facts::MACHINES_USAGE;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(portal) = &scene.portal else {
        return Seen::unchecked("the vault", "nobody who can reach the portal is signed in to it");
    };
    let most = scene.limits.vault_machines;
    let full = portal.machines.iter().filter(|(_, machines)| **machines >= most);
    let findings: Seen = full.map(|(vault, machines)| found(vault, *machines)).collect();
    Seen { unchecked: portal.unchecked.clone(), ..findings }
}

fn found(vault: &str, machines: u64) -> Found {
    Found::cause("vault-machine-limit", "remove-machine-from-vault")
        .about(vault)
        .evidence(format!("{MACHINES_USAGE} of {vault} is {machines}"))
}

#[cfg(test)]
mod tests;
