//! Unregistering a server: the portal removes it from the vault, the console removes the registration (mars-facts 4.3).

use marslab_model::HostControl;

use crate::Intent;
use crate::config::Registration;
use crate::portal::{Portal, VaultName};
use crate::step_error::StepError;

pub(crate) async fn run(host: &dyn HostControl, intent: &Intent) -> Result<(), StepError> {
    remove_from_vaults(host, intent).await?;
    if let Some(registration) = Registration::read(host) {
        host.remove_certificate(&registration.thumbprint);
    }
    Registration::clear(host);
    Ok(())
}

/// Removes the server from the vault that the administrator entered, and from the vault in the registry if that is another.
async fn remove_from_vaults(host: &dyn HostControl, intent: &Intent) -> Result<(), StepError> {
    let portal = Portal::sign_in(host, intent, None).await?;
    let full_name = host.full_name();
    portal.unregister(&intent.vault_name(), full_name.as_str()).await?;
    let Some(other) = Registration::read(host) else { return Ok(()) };
    if intent.vault.as_str().eq_ignore_ascii_case(&other.vault) {
        return Ok(());
    }
    let other = VaultName {
        management: intent.cloud.management,
        subscription: &other.subscription,
        resource_group: &other.resource_group,
        vault: &other.vault,
    };
    portal.unregister(&other, full_name.as_str()).await
}
