//! Issuing the certificate with which machines register (mars-facts 4.1).

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use jiff::Timestamp;
use marslab_base::azure::{self, AzureCloud};
use marslab_model::world::{self, Application, Cloud, Content};
use marslab_model::{Edit, HostName, Name, Tracked};
use marslab_wire::x509::{self, Certificate};
use serde::Deserialize;
use serde_json::json;

use super::vault_id::{Call, VaultId};
use crate::reply::Reply;

#[derive(Deserialize)]
struct Upload {
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    certificate: String,
}

/// What is known of the vault.
struct Vault {
    tenant: Name,
    client_id: Name,
    resource_id: i64,
    service: HostName,
    /// Where applications get their tokens (mars-facts 3.2).
    login: &'static str,
}

/// Makes the uploaded certificate the only one with which machines can register.
pub(super) fn put(call: &Call<'_>) -> Result<Reply, Reply> {
    let Call { request, vault: id, .. } = call;
    let name = call.last();
    let upload: Upload = request.json()?;
    let der = STANDARD.decode(&upload.properties.certificate).map_err(|_no_base64| unreadable())?;
    let facts = x509::read(&der).map_err(|_no_x509| unreadable())?;
    let vault = vault(call)?;
    let now = request.running().stamp();
    request.running().edit(|world| issue(&mut world.cloud(), id, (&vault, &facts, &der), now));
    let body = json!({
        "name": name,
        "type": "Microsoft.RecoveryServices/vaults/certificates",
        "id": format!("{id}/certificates/{name}"),
        "properties": {
            "authType": "AzureActiveDirectory",
            "certificate": upload.properties.certificate,
            "resourceId": vault.resource_id,
            "aadAuthority": format!("https://{}", vault.login),
            "aadTenantId": vault.tenant,
            "servicePrincipalClientId": vault.client_id,
            "servicePrincipalObjectId": vault.client_id,
            "azureManagementEndpointAudience": format!("https://{}/restapi/", vault.service),
            "subject": facts.subject,
            "validFrom": facts.not_before.to_string(),
            "validTo": facts.not_after.to_string(),
            "thumbprint": facts.thumbprint,
            "friendlyName": name,
            "issuer": facts.issuer,
        },
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

fn vault(call: &Call<'_>) -> Result<Vault, Reply> {
    let most = call.request.running().limits().vault_machines;
    if call.look(|vault| vault.machines().each().count())? >= most {
        return Err(full(&call.vault, most));
    }
    let tenant = call.request.running().look(|world| {
        let subscription = world.cloud().subscriptions().at(&call.vault.subscription);
        subscription.map(|it| it.tenant().get().clone())
    });
    let tenant = tenant.ok_or_else(Reply::internal)?;
    call.look(|vault| Vault {
        tenant,
        client_id: vault.clone().client_id().get().clone(),
        resource_id: *vault.clone().resource_id().get(),
        service: service(&vault),
        login: AzureCloud::of_region(vault.location().get()).login,
    })
}

/// Where agents find the vault's service: with a private endpoint only there (azure-docs, issue 91072).
fn service(vault: &Tracked<'_, world::Vault>) -> HostName {
    let private = vault.clone().private_host().get().clone();
    private.unwrap_or_else(|| azure::backup_host(vault.clone().location().get()))
}

/// Of the certificates that were issued before only those of machines stay.
fn issue(
    cloud: &mut Edit<'_, Cloud>,
    id: &VaultId,
    (vault, facts, der): (&Vault, &Certificate, &[u8]),
    now: Timestamp,
) {
    let mut vaults = cloud.vaults();
    let mut entry = vaults.at(&id.name);
    let machines = entry.look().map(|entry| entry.machines().each());
    let of_machines: BTreeSet<Name> = machines
        .into_iter()
        .flatten()
        .map(|(_, machine)| Name::new(machine.certificate().get().as_str()))
        .collect();
    entry.latest_certificate().set(facts.thumbprint.as_str());
    entry.issued_at().set(now);
    let mut tenants = cloud.tenants();
    let mut tenant = tenants.at(&vault.tenant);
    let mut applications = tenant.applications();
    let none = Application { certificates: [].into(), secrets: [].into() };
    let mut application = applications.at_or_insert(vault.client_id.clone(), none);
    let mut certificates = application.certificates();
    certificates.retain_keys(&of_machines);
    certificates.insert(Name::new(facts.thumbprint.as_str()), Content::from(der));
}

/// The lab's own words.
fn unreadable() -> Reply {
    let message = "The certificate is not a valid X.509 certificate in base64.";
    Reply::error(StatusCode::BAD_REQUEST, "InvalidCertificate", message)
}

/// No source shows the real answer (mars-facts 4.4); code and text are the lab's own.
fn full(vault: &VaultId, most: usize) -> Reply {
    let message =
        format!("The vault '{}' has reached the limit of {most} registered machines.", vault.name);
    Reply::error(StatusCode::FORBIDDEN, "VaultMachineLimitReached", &message)
}
