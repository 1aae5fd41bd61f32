//! The machines that are registered with a vault, and taking one out of it (mars-facts 4.3).

use http::StatusCode;
use marslab_model::world::RecoveryPoint;
use marslab_model::{Name, Tracked};
use serde_json::{Value, json};

use super::filter::Names;
use super::list;
use super::vault_id::{Call, VaultId};
use crate::reply::Reply;

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Reply> {
    list::reply(call.request, all(call)?, NAMES)
}

/// Servers that back up other machines to a vault; the lab has none.
pub(super) fn engines(call: &Call<'_>) -> Result<Reply, Reply> {
    list::reply(call.request, Vec::new(), NAMES)
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Reply> {
    let is_it =
        |it: &Value| it["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(call.last()));
    let found = all(call)?.into_iter().find(is_it);
    found
        .map(|it| Reply::json(StatusCode::OK, &it))
        .ok_or_else(|| call.absent("backupFabrics/protectionContainers"))
}

fn all(call: &Call<'_>) -> Result<Vec<Value>, Reply> {
    call.look(|vault| {
        let points: Vec<Tracked<'_, RecoveryPoint>> =
            vault.clone().recovery_points().each().map(|(_, point)| point).collect();
        let held = |machine: &Name| {
            points.iter().any(|point| *(*point).clone().machine().get() == *machine)
        };
        let machines = vault.machines().each();
        machines
            .map(|(machine, _)| container(&call.vault, machine, u32::from(held(machine))))
            .collect()
    })
}

fn container(vault: &VaultId, machine: &Name, items: u32) -> Value {
    let name = name_of(machine);
    json!({
        "id": format!("{vault}/backupFabrics/ActiveDirectory/protectionContainers/{name}"),
        "name": name,
        "type": "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
        "properties": {
            "canReRegister": true,
            "protectedItemCount": items,
            "friendlyName": machine.as_str().to_uppercase(),
            "backupManagementType": "MAB",
            "registrationStatus": "Registered",
            "healthStatus": "",
            "containerType": "Windows",
            "protectableObjectType": "MABWindowsContainer",
        },
    })
}

/// The name of a machine's container.
pub(super) fn name_of(machine: &Name) -> String {
    format!("Windows;{}", machine.as_str().to_lowercase())
}

/// Its recovery points stay: who registers the machine again gets at them with the same passphrase.
pub(super) fn unregister(call: &Call<'_>) -> Result<Reply, Reply> {
    let client = call.look(|vault| vault.client_id().get().clone())?;
    let running = call.request.running();
    let tenant = running.look(|world| {
        let subscription = world.cloud().subscriptions().at(&call.vault.subscription);
        subscription.map(|it| it.tenant().get().clone())
    });
    let tenant = tenant.ok_or_else(Reply::internal)?;
    let machine = Name::new(call.last());
    running.edit(|world| {
        let mut cloud = world.cloud();
        let mut vaults = cloud.vaults();
        let mut vault = vaults.at(&call.vault.name);
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

/// By what lists of containers are filtered (the public specification's `BMSContainerQueryObject`).
const NAMES: &Names = &[
    ("backupManagementType", "/properties/backupManagementType"),
    ("containerType", "/properties/containerType"),
    ("friendlyName", "/properties/friendlyName"),
    ("status", "/properties/registrationStatus"),
    ("backupEngineName", ""),
    ("fabricName", ""),
];
