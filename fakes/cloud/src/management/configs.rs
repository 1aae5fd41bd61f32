//! What is configured of a vault beside the resource itself: where backups are kept, whether deleted ones stay for a while, and
//! what Site Recovery notes.
//!
//! Shapes are those of the public specifications; `ResourceExtendedInfoNotFound` is from memory.

use http::StatusCode;
use marslab_model::world::Content;
use serde::Deserialize;
use serde_json::{Map as Json, Value, json};

use super::vault_id::Call;
use super::{errors, vaults};
use crate::reply::Reply;

#[derive(Deserialize)]
struct Asked {
    properties: Json<String, Value>,
}

pub(super) fn show_storage(call: &Call<'_>) -> Result<Reply, Reply> {
    let (redundancy, state) = storage(call)?;
    let properties = json!({
        "storageModelType": redundancy,
        "storageType": redundancy,
        "storageTypeState": state,
        "crossRegionRestoreFlag": false,
    });
    Ok(described(call, "backupstorageconfig", "vaultstorageconfig", &properties))
}

/// Where backups are kept can be changed until there are any.
pub(super) fn set_storage(call: &Call<'_>) -> Result<Reply, Reply> {
    let Asked { properties } = call.request.json()?;
    let wanted = ["storageType", "storageModelType"].iter().find_map(|key| properties.get(*key));
    let (own, state) = storage(call)?;
    if let Some(wanted) = wanted {
        let wanted = wanted.as_str().filter(|it| vaults::REDUNDANCIES.contains(it));
        let wanted = wanted.ok_or_else(invalid)?;
        if wanted != own && state == LOCKED {
            let message = "Storage type of a vault with protected items cannot be changed.";
            return Err(errors::bad("UserErrorStorageTypeIsLocked", message));
        }
        call.edit(|vault| vault.redundancy().set(wanted));
    }
    show_storage(call)
}

pub(super) fn show_config(call: &Call<'_>) -> Result<Reply, Reply> {
    let (redundancy, state) = storage(call)?;
    let keeps = call.look(|vault| *vault.soft_delete().get())?;
    let properties = json!({
        "storageModelType": redundancy,
        "storageType": redundancy,
        "storageTypeState": state,
        "enhancedSecurityState": "Enabled",
        "softDeleteFeatureState": if keeps { "Enabled" } else { "Disabled" },
        "isSoftDeleteFeatureStateEditable": true,
    });
    Ok(described(call, "backupconfig", "vaultconfig", &properties))
}

pub(super) fn set_config(call: &Call<'_>) -> Result<Reply, Reply> {
    let Asked { properties } = call.request.json()?;
    if let Some(wanted) = properties.get("softDeleteFeatureState") {
        let keeps = match wanted.as_str() {
            Some("Enabled" | "AlwaysON") => true,
            Some("Disabled") => false,
            _ => return Err(invalid()),
        };
        call.edit(|vault| vault.soft_delete().set(keeps));
    }
    show_config(call)
}

pub(super) fn show_extended(call: &Call<'_>) -> Result<Reply, Reply> {
    let own = call.look(|vault| vault.extended_info().get().clone())?;
    if own.is_empty() {
        let message = "Resource extended info doesn't exist.";
        return Err(Reply::error(StatusCode::NOT_FOUND, "ResourceExtendedInfoNotFound", message));
    }
    let properties = serde_json::from_slice(&own).unwrap_or_default();
    Ok(described(call, "extendedInformation", "vaultExtendedInfo", &properties))
}

pub(super) fn put_extended(call: &Call<'_>) -> Result<Reply, Reply> {
    let Asked { properties } = call.request.json()?;
    let content = Content::from(Value::Object(properties).to_string());
    call.edit(|vault| vault.extended_info().set(content));
    show_extended(call)
}

/// How backups are kept, and whether that is settled: it is once something is protected.
fn storage(call: &Call<'_>) -> Result<(String, &'static str), Reply> {
    call.look(|vault| {
        let is_empty = vault.clone().recovery_points().each().next().is_none();
        (vault.redundancy().get().clone(), if is_empty { "Unlocked" } else { LOCKED })
    })
}

fn described(call: &Call<'_>, kind: &str, name: &str, properties: &Value) -> Reply {
    let body = json!({
        "id": format!("{}/{kind}/{name}", call.vault),
        "name": name,
        "type": format!("Microsoft.RecoveryServices/vaults/{kind}"),
        "properties": properties,
    });
    Reply::json(StatusCode::OK, &body)
}

fn invalid() -> Reply {
    let message = "Input provided for the call is invalid. Please check that the required inputs are provided.";
    errors::bad("BMSUserErrorInvalidInput", message)
}

const LOCKED: &str = "Locked";
