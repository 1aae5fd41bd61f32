//! A vault that is open to its private endpoint only, and a server that uses the public name of its service.

use marslab_model::{Finding, Operation};

use super::{AGENT, Rule};
use crate::facts::{PRIVATE_LINK, PUBLIC_ACCESS_DISABLED};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if scene.operation == Operation::Register { of_file(scene) } else { of_registration(scene) }
        .into()
}

/// The vault's service forbids what a registered server asks.
fn of_registration(scene: &Scene<'_>) -> Option<Finding> {
    let code = scene.forbidden.as_deref().filter(|code| *code == PUBLIC_ACCESS_DISABLED)?;
    let (vault, host) = (scene.config.vault.as_ref()?, scene.config.service_host.as_ref()?);
    let found = Finding::cause("public-access-denied", "register-with-new-credentials");
    Some(
        found
            .with_about(&vault.name)
            .with_evidence(format!("{host} forbids what this server asks: {code}"))
            .with_evidence("the server is registered with the public name of the service"),
    )
}

/// The portal shows that the vault is closed to the name that the credentials file has.
fn of_file(scene: &Scene<'_>) -> Option<Finding> {
    let document = scene.document()?;
    let (vault, host) = (&document.vault.name, document.service_host.as_ref()?);
    let is_closed = scene.portal.as_ref()?.closed.contains(vault);
    let is_public = !host.as_str().contains(PRIVATE_LINK);
    (is_closed && is_public).then(|| {
        Finding::cause("public-access-denied", "download-new-credentials")
            .with_about(vault)
            .with_evidence(format!("publicNetworkAccess of {vault} is Disabled"))
            .with_evidence(format!("the credentials file names {host}, which is public"))
    })
}

#[cfg(test)]
mod tests;
