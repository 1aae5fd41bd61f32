//! Traces of an earlier registration with the same vault: on the server alone, or in the vault alone.

use super::{REGISTERING, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(portal) = &scene.portal else {
        return Seen::unchecked(
            "the vault's machines",
            "nobody who can reach the portal is signed in",
        );
    };
    let Some(machines) = &portal.containers else {
        return Seen { unchecked: portal.unchecked.clone(), ..Seen::nothing() };
    };
    let name = scene.host.full_name();
    match (scene.registered_with_wanted_vault(), machines.contains(&name)) {
        (Some(true), false) => Found::cause("earlier-agent-installed", "uninstall-agent")
            .evidence(format!("the registry holds a registration, and the vault has no {name}"))
            .into(),
        (None, true) => Found::cause("machine-still-in-vault", "remove-machine-from-vault")
            .about(name.as_str())
            .evidence(format!("the vault has {name}, and the registry holds no registration"))
            .into(),
        (Some(_), _) | (None, false) => Seen::nothing(),
    }
}

#[cfg(test)]
mod tests;
