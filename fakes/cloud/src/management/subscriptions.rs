//! What a user can list: tenants, subscriptions, and the user's own permissions.
//!
//! Shapes as the resource manager's reference gives them; from memory, like the states' names.

use http::StatusCode;
use marslab_model::world::{Subscription, SubscriptionState};
use marslab_model::{Name, Tracked, World};
use serde_json::{Value, json};

use super::access::Caller;
use super::{errors, list, regions, roles};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// The tenant of the caller, which is the only one that the lab's users are in.
pub(super) fn tenants(request: &CloudRequest<'_>, caller: &Caller) -> Result<Reply, Reply> {
    let tenant = &caller.tenant;
    let entry = json!({ "id": format!("/tenants/{tenant}"), "tenantId": tenant });
    list::page(request, vec![entry])
}

/// Every subscription in which the caller has a role.
pub(super) fn list(request: &CloudRequest<'_>, caller: &Caller) -> Result<Reply, Reply> {
    let value: Vec<Value> = request.running().look(|world| {
        let subscriptions = world.cloud().subscriptions().each();
        let own = subscriptions.filter(|(_, it)| caller.roles(it).is_some());
        own.map(|(id, it)| describe(id, &it)).collect()
    });
    list::page(request, value)
}

/// One subscription.
pub(super) fn show(request: &CloudRequest<'_>, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    let id = Name::new(id);
    let found = request.running().look(|world| {
        let (id, subscription) = own(&world, &id, caller)?;
        Some(describe(id, &subscription))
    });
    let found = found.ok_or_else(|| errors::no_subscription(id.as_str()))?;
    Ok(Reply::json(StatusCode::OK, &found))
}

/// The regions of a subscription: those with services in the world.
pub(super) fn locations(
    request: &CloudRequest<'_>,
    caller: &Caller,
    id: &str,
) -> Result<Reply, Reply> {
    let id = Name::new(id);
    let value = request.running().look(|world| {
        let (id, _) = own(&world, &id, caller)?;
        let known = regions::of(&world, request.host).into_iter();
        let describe = |region| {
            let place = format!("/subscriptions/{id}/locations/{region}");
            json!({ "id": place, "name": region, "displayName": region })
        };
        Some(known.map(describe).collect())
    });
    list::page(request, value.ok_or_else(|| errors::no_subscription(id.as_str()))?)
}

/// What the caller may do with a resource.
pub(super) fn permissions(
    request: &CloudRequest<'_>,
    caller: &Caller,
    id: &str,
) -> Result<Reply, Reply> {
    let id = Name::new(id);
    let value: Vec<Value> = request.running().look(|world| {
        let Some((_, subscription)) = own(&world, &id, caller) else { return Vec::new() };
        let roles = caller.roles(&subscription).into_iter().flatten();
        let describe = |role: &String| {
            let custom = subscription.clone().custom_roles().at(&Name::new(role.as_str()));
            let (actions, but) = roles::of(role);
            match custom {
                Some(actions) => json!({ "actions": actions.get(), "notActions": [] }),
                None => json!({ "actions": actions, "notActions": but }),
            }
        };
        roles.map(describe).collect()
    });
    list::page(request, value)
}

/// A subscription in which the caller has a role, with its id as the world spells it.
pub(super) fn own<'w>(
    world: &Tracked<'w, World>,
    id: &Name,
    caller: &Caller,
) -> Option<(&'w Name, Tracked<'w, Subscription>)> {
    let (id, subscription) = world.clone().cloud().subscriptions().entry(id)?;
    caller.roles(&subscription)?;
    Some((id, subscription))
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
        "authorizationSource": "RoleBased",
    })
}
