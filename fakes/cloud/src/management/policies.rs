//! The backup policies of a vault.

use http::StatusCode;
use marslab_model::Name;
use marslab_model::world::Content;
use serde::Deserialize;
use serde_json::{Value, json};

use super::filter::Names;
use super::vault_id::{Call, VaultId};
use super::{errors, list};
use crate::reply::Reply;

#[derive(Deserialize)]
struct Asked {
    properties: serde_json::Map<String, Value>,
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Reply> {
    let all = call.look(|vault| {
        let policies = vault.policies().each();
        policies.map(|(name, it)| describe(&call.vault, name, it.get())).collect()
    })?;
    list::reply(call.request, all, NAMES)
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Reply> {
    let name = Name::new(call.last());
    let found = call.look(|vault| {
        let (name, it) = vault.policies().entry(&name)?;
        Some(describe(&call.vault, name, it.get()))
    })?;
    found.map(|it| Reply::json(StatusCode::OK, &it)).ok_or_else(|| call.absent("backupPolicies"))
}

/// Makes or replaces a policy, which must say what it is for. † Only that is checked of it, and how many there are.
pub(super) fn put(call: &Call<'_>) -> Result<Reply, Reply> {
    let Asked { properties } = call.request.json()?;
    let kind = properties.get("backupManagementType").and_then(Value::as_str);
    if !kind.is_some_and(|kind| KINDS.contains(&kind)) {
        let message = "Input provided for the call is invalid. Please check that the required inputs are provided.";
        return Err(errors::bad("BMSUserErrorInvalidInput", message));
    }
    let name = Name::new(call.last());
    let count =
        call.look(|vault| vault.policies().each().filter(|(own, _)| **own != name).count())?;
    if count >= POLICIES_MAX {
        let message = "The vault has as many policies as a vault can have.";
        return Err(errors::bad("UserErrorMaximumPolicyCountReached", message));
    }
    let content = Content::from(Value::Object(properties).to_string());
    call.edit(|vault| vault.policies().insert(name, content));
    show(call)
}

/// That there was no such policy makes no difference.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Reply> {
    let name = Name::new(call.last());
    let is_there = call.look(|vault| vault.policies().at(&name).is_some())?;
    call.edit(|vault| vault.policies().remove(&name));
    Ok(Reply::empty(if is_there { StatusCode::OK } else { StatusCode::NO_CONTENT }))
}

fn describe(vault: &VaultId, name: &Name, properties: &Content) -> Value {
    json!({
        "id": format!("{vault}/backupPolicies/{name}"),
        "name": name,
        "type": "Microsoft.RecoveryServices/vaults/backupPolicies",
        "properties": serde_json::from_slice::<Value>(properties).unwrap_or_default(),
    })
}

/// What policies are for (the public specification's `ProtectionPolicy`).
const KINDS: [&str; 6] =
    ["AzureIaasVM", "AzureSql", "AzureStorage", "AzureWorkload", "GenericProtectionPolicy", "MAB"];

/// As the support matrix has it.
const POLICIES_MAX: usize = 200;

const NAMES: &Names = &[
    ("backupManagementType", "/properties/backupManagementType"),
    ("workloadType", "/properties/workLoadType"),
    ("fabricName", ""),
];
