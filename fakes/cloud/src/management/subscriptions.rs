//! What a user can list: subscriptions, their vaults, and the user's own permissions.
//!
//! Shapes as the resource manager's reference gives them; from memory, like the states' names.

use std::collections::BTreeSet;

use http::StatusCode;
use marslab_model::world::{Subscription, SubscriptionState};
use marslab_model::{Name, Tracked, World};
use serde_json::{Value, json};

use super::access::{self, Scope};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Every subscription in which the caller has a role.
pub(super) fn list(request: &CloudRequest<'_>) -> Result<Reply, Reply> {
    let caller = access::caller(request)?;
    let value: Vec<Value> = request.running().look(|world| {
        let subscriptions = world.cloud().subscriptions().each();
        let own = subscriptions.filter(|(_, it)| roles(it, &caller).is_some());
        own.map(|(id, it)| describe(id, &it)).collect()
    });
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

/// One subscription.
pub(super) fn show(request: &CloudRequest<'_>, id: &str) -> Result<Reply, Reply> {
    let caller = access::caller(request)?;
    let id = Name::new(id);
    let found = request.running().look(|world| {
        let subscription = own(&world, &id, &caller)?;
        Some(describe(&id, &subscription))
    });
    let found = found.ok_or_else(|| access::no_subscription(id.as_str()))?;
    Ok(Reply::json(StatusCode::OK, &found))
}

/// The vaults of a subscription.
pub(super) fn vaults(request: &CloudRequest<'_>, id: &str) -> Result<Reply, Reply> {
    let caller = access::caller(request)?;
    let id = Name::new(id);
    let value = request.running().look(|world| {
        own(&world, &id, &caller)?;
        let vaults = world.cloud().vaults().each();
        let here = vaults.filter(|(_, vault)| *vault.clone().subscription().get() == id);
        let describe = |(name, vault): (&Name, Tracked<'_, marslab_model::world::Vault>)| {
            let group = vault.clone().resource_group().get();
            let scope = Scope { subscription: id.as_str(), group, vault: name.as_str() };
            json!({
                "id": scope.to_string(),
                "name": name,
                "location": vault.location().get(),
                "type": "Microsoft.RecoveryServices/vaults",
            })
        };
        Some(here.map(describe).collect::<Vec<Value>>())
    });
    let value = value.ok_or_else(|| access::no_subscription(id.as_str()))?;
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

/// What the caller may do with a vault.
pub(super) fn permissions(request: &CloudRequest<'_>, id: &str) -> Result<Reply, Reply> {
    let caller = access::caller(request)?;
    let id = Name::new(id);
    let value: Vec<Value> = request.running().look(|world| {
        let Some(subscription) = own(&world, &id, &caller) else { return Vec::new() };
        let roles = roles(&subscription, &caller).into_iter().flatten();
        let describe = |role: &String| {
            let custom = subscription.clone().custom_roles().at(&Name::new(role.as_str()));
            match custom {
                Some(actions) => json!({ "actions": actions.get(), "notActions": [] }),
                None => json!({ "actions": actions(role), "notActions": [] }),
            }
        };
        roles.map(describe).collect()
    });
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

fn own<'w>(
    world: &Tracked<'w, World>,
    id: &Name,
    caller: &access::Caller,
) -> Option<Tracked<'w, Subscription>> {
    let subscription = world.clone().cloud().subscriptions().at(id)?;
    roles(&subscription, caller)?;
    Some(subscription)
}

/// The caller's roles; `None` for a caller without any, or of another tenant.
fn roles<'w>(
    subscription: &Tracked<'w, Subscription>,
    caller: &access::Caller,
) -> Option<&'w BTreeSet<String>> {
    let is_here = *subscription.clone().tenant().get() == caller.tenant;
    let roles = subscription.clone().roles().at(&caller.name)?.get();
    (is_here && !roles.is_empty()).then_some(roles)
}

fn describe(id: &Name, subscription: &Tracked<'_, Subscription>) -> Value {
    let state = match subscription.clone().state().get() {
        SubscriptionState::Enabled => "Enabled",
        SubscriptionState::Disabled => "Disabled",
        SubscriptionState::Expired => "Expired",
    };
    json!({
        "id": format!("/subscriptions/{id}"),
        "subscriptionId": id,
        "displayName": id,
        "state": state,
        "tenantId": subscription.clone().tenant().get(),
    })
}

/// The actions of a built-in role, as far as they concern vaults.
fn actions(role: &str) -> &'static [&'static str] {
    match role {
        "Owner" | "Contributor" => &["*"],
        "Backup Contributor" => &["Microsoft.RecoveryServices/*"],
        "Backup Operator" => &[
            "Microsoft.RecoveryServices/Vaults/read",
            "Microsoft.RecoveryServices/Vaults/usages/read",
            "Microsoft.RecoveryServices/Vaults/backupProtectionContainers/read",
            "Microsoft.RecoveryServices/Vaults/certificates/write",
            "Microsoft.RecoveryServices/Vaults/registeredIdentities/read",
            "Microsoft.RecoveryServices/Vaults/registeredIdentities/write",
        ],
        "Backup Reader" => &["Microsoft.RecoveryServices/*/read"],
        "Reader" => &["*/read"],
        _ => &[],
    }
}
