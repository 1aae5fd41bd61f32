//! What is protected in a vault: of each machine, the files and folders that it has backed up.
//!
//! The shape is `MabFileFolderProtectedItem` of the public specification. † The name of an item, and that a machine has one
//! for all that it backs up: the world knows no more of a recovery point.

use std::collections::BTreeMap;

use http::StatusCode;
use jiff::Timestamp;
use marslab_model::Name;
use serde_json::{Value, json};

use super::containers;
use super::filter::Names;
use super::list;
use super::vault_id::{Call, VaultId};
use crate::reply::Reply;

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Reply> {
    list::reply(call.request, all(call)?, NAMES)
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Reply> {
    // The container stands two parts before the item.
    let container = call.rest.get(3).copied().unwrap_or_default();
    let ends =
        format!("/protectionContainers/{container}/protectedItems/{}", call.last()).to_lowercase();
    let is_it = |it: &Value| it["id"].as_str().is_some_and(|id| id.to_lowercase().ends_with(&ends));
    let found = all(call)?.into_iter().find(is_it);
    let kind = "backupFabrics/protectionContainers/protectedItems";
    found.map(|it| Reply::json(StatusCode::OK, &it)).ok_or_else(|| call.absent(kind))
}

fn all(call: &Call<'_>) -> Result<Vec<Value>, Reply> {
    call.look(|vault| {
        let mut machines: BTreeMap<&Name, Vec<Timestamp>> = BTreeMap::new();
        for (_, point) in vault.recovery_points().each() {
            machines.entry(point.clone().machine().get()).or_default().push(*point.at().get());
        }
        machines.iter().map(|(machine, points)| item(&call.vault, machine, points)).collect()
    })
}

fn item(vault: &VaultId, machine: &Name, points: &[Timestamp]) -> Value {
    let container = containers::name_of(machine);
    let (oldest, latest) = (points.iter().min(), points.iter().max());
    let text = |at: Option<&Timestamp>| at.map(ToString::to_string);
    json!({
        "id": format!("{vault}/backupFabrics/ActiveDirectory/protectionContainers/{container}/protectedItems/{NAME}"),
        "name": NAME,
        "type": "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
        "properties": {
            "protectedItemType": "MabFileFolderProtectedItem",
            "backupManagementType": "MAB",
            "workloadType": "FileFolder",
            "containerName": container,
            "friendlyName": "Files and folders",
            "computerName": machine.as_str().to_uppercase(),
            "lastBackupStatus": "Completed",
            "lastBackupTime": text(latest),
            "lastRecoveryPoint": text(latest),
            "protectionState": "Protected",
            "extendedInfo": {
                "lastRefreshedAt": text(latest),
                "oldestRecoveryPoint": text(oldest),
                "recoveryPointCount": points.len(),
            },
        },
    })
}

const NAME: &str = "FileFolder;Files and folders";

/// By what lists of items are filtered (the public specification's `ProtectedItemQueryObject`).
const NAMES: &Names = &[
    ("backupManagementType", "/properties/backupManagementType"),
    ("itemType", "/properties/workloadType"),
    ("containerName", "/properties/containerName"),
    ("friendlyName", "/properties/friendlyName"),
    ("policyName", ""),
    ("backupEngineName", ""),
    ("fabricName", ""),
    ("backupSetName", ""),
    ("healthState", ""),
];
