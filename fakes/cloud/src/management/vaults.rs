//! What there is to see of a vault, and taking a machine out of it (mars-facts 4.2, 4.3).

use http::StatusCode;
use marslab_model::world::{PrivateEndpointState, Vault};
use marslab_model::{Name, Tracked};
use serde_json::{Map, Value, json};

use super::access::Scope;
use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn show(request: &CloudRequest<'_>, scope: &Scope<'_>, _: &str) -> Result<Reply, Reply> {
    let (location, endpoints, is_public) = of_vault(request, scope, |vault| {
        let endpoints = *vault.clone().private_endpoint_state().get();
        let is_public = *vault.clone().public_network_access().get();
        (vault.location().get().clone(), endpoints, is_public)
    })?;
    let hours = request.running().look(|world| *world.cloud().credentials_hours().get());
    let state = endpoints.map(|state| match state {
        PrivateEndpointState::None => "None",
        PrivateEndpointState::Enabled => "Enabled",
    });
    let mut properties = Map::new();
    properties.insert("provisioningState".to_owned(), "Succeeded".into());
    properties.insert("credentialsHours".to_owned(), hours.into());
    let access = if is_public { "Enabled" } else { "Disabled" };
    properties.insert("publicNetworkAccess".to_owned(), access.into());
    // Only a newer resource manager tells.
    properties.extend(state.map(|it| ("privateEndpointStateForBackup".to_owned(), it.into())));
    let body = json!({
        "location": location,
        "name": scope.vault,
        "properties": properties,
        "id": scope.to_string(),
        "type": "Microsoft.RecoveryServices/vaults",
        "sku": { "name": "Standard" },
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

pub(super) fn usages(
    request: &CloudRequest<'_>,
    scope: &Scope<'_>,
    _: &str,
) -> Result<Reply, Reply> {
    let machines = of_vault(request, scope, |vault| vault.machines().each().count())?;
    let usage = |name: &str, value: usize| {
        json!({
            "unit": "Count",
            "currentValue": value,
            "limit": -1,
            "name": { "value": name, "localizedValue": name },
        })
    };
    // 1 stands for sign-in by the directory, not by the retired access-control service.
    let value =
        [usage("MABContainersCount", machines), usage("RecoveryServicesProviderAuthType", 1)];
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

pub(super) fn containers(
    request: &CloudRequest<'_>,
    scope: &Scope<'_>,
    _: &str,
) -> Result<Reply, Reply> {
    let value: Vec<Value> = of_vault(request, scope, |vault| {
        vault.machines().each().map(|(machine, _)| container(scope, machine)).collect()
    })?;
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

fn container(scope: &Scope<'_>, machine: &Name) -> Value {
    let name = format!("Windows;{}", machine.as_str().to_lowercase());
    json!({
        "id": format!("{scope}/backupFabrics/ActiveDirectory/protectionContainers/{name}"),
        "name": name,
        "type": "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
        "properties": {
            "canReRegister": true,
            "friendlyName": machine.as_str().to_uppercase(),
            "backupManagementType": "MAB",
            "registrationStatus": "Registered",
            "healthStatus": "",
            "containerType": "Windows",
            "protectableObjectType": "MABWindowsContainer",
        },
    })
}

/// Its recovery points stay: who registers the machine again gets at them with the same passphrase.
pub(super) fn unregister(
    request: &CloudRequest<'_>,
    scope: &Scope<'_>,
    machine: &str,
) -> Result<Reply, Reply> {
    let (client, tenant) = request.running().look(|world| {
        let vault = world
            .clone()
            .cloud()
            .vaults()
            .at(&Name::new(scope.vault))
            .ok_or_else(Reply::internal)?;
        let subscription = world.cloud().subscriptions().at(&Name::new(scope.subscription));
        let tenant = subscription.ok_or_else(Reply::internal)?.tenant().get().clone();
        Ok::<_, Reply>((vault.client_id().get().clone(), tenant))
    })?;
    let (vault, machine) = (Name::new(scope.vault), Name::new(machine));
    request.running().edit(|world| {
        let mut cloud = world.cloud();
        let mut vaults = cloud.vaults();
        let mut vault = vaults.at(&vault);
        let mut machines = vault.machines();
        let registered = machines.at(&machine).look().map(|it| it.certificate().get().clone());
        machines.remove(&machine);
        if let Some(certificate) = registered.map(Name::new) {
            let mut tenants = cloud.tenants();
            tenants.at(&tenant).applications().at(&client).certificates().remove(&certificate);
        }
    });
    // That there was no such machine makes no difference.
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn of_vault<R>(
    request: &CloudRequest<'_>,
    scope: &Scope<'_>,
    read: impl FnOnce(Tracked<'_, Vault>) -> R,
) -> Result<R, Reply> {
    let name = Name::new(scope.vault);
    let found = request.running().look(|world| world.cloud().vaults().at(&name).map(read));
    found.ok_or_else(Reply::internal)
}
