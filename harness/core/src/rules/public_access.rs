//! A vault that is open to its private endpoint only, and a server that uses the public name of its service.

use marslab_model::{Finding, HostName, Operation};

use super::{AGENT, Rule};
use crate::credentials;
use crate::facts::{PRIVATE_LINK, PUBLIC_ACCESS_DISABLED, areas};
use crate::rule_output::RuleOutput;
use crate::scene::{Scene, Service};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if scene.operation == Operation::Register {
        return of_file(scene).into();
    }
    match (&scene.service, &scene.config.service_host) {
        (Service::Refuses(code), Some(host)) => of_registration(scene, code, host).into(),
        // A private endpoint is no matter of public access.
        (Service::Unreached, Some(host)) if !host.as_str().contains(PRIVATE_LINK) => {
            RuleOutput::unchecked(areas::REQUIRED_HOSTS, format!("{host} could not be asked"))
        }
        _ => RuleOutput::default(),
    }
}

/// The vault's service refuses what a registered server asks.
fn of_registration(scene: &Scene<'_>, code: &str, host: &HostName) -> Option<Finding> {
    let vault = scene.config.vault.as_ref().filter(|_| code == PUBLIC_ACCESS_DISABLED)?;
    let found = Finding::cause("public-access-denied", "register-with-new-credentials");
    Some(
        found
            .with_about(&vault.name)
            .with_evidence(format!("{host} refuses what this server asks: {code}"))
            .with_evidence("the server is registered with the public name of the service"),
    )
}

/// The portal shows that the vault is closed to the name that the credentials file has.
fn of_file(scene: &Scene<'_>) -> Option<Finding> {
    let document = scene.document()?;
    let vault = &document.vault.name;
    let host = credentials::service_host(scene.host)?;
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
