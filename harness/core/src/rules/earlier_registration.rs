//! Traces of an earlier registration with the same vault: on the server alone, or in the vault alone.

use marslab_model::Finding;

use super::{REGISTERING, Rule};
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(portal) = &scene.portal else {
        return RuleOutput::unchecked(
            areas::VAULT,
            "no user who can reach the portal is signed in to it",
        );
    };
    let Some(machines) = &portal.containers else {
        return RuleOutput { unchecked: portal.unchecked.clone(), ..RuleOutput::default() };
    };
    let name = scene.host.full_name();
    match (scene.registered_with_wanted_vault(), machines.contains(&name)) {
        (Some(true), false) => Finding::cause("earlier-agent-installed", "uninstall-agent")
            .with_evidence(format!(
                "the registry holds a registration, and the vault has no {name}"
            ))
            .into(),
        (None, true) => Finding::cause("machine-still-in-vault", "remove-machine-from-vault")
            .with_about(name.as_str())
            .with_evidence(format!("the vault has {name}, but the registry holds no registration"))
            .into(),
        (Some(_), _) | (None, false) => RuleOutput::default(),
    }
}

#[cfg(test)]
mod tests;
