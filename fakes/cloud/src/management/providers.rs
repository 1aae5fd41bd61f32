//! The providers of types of resources, and what can be done with theirs (the resource manager's reference).

use http::StatusCode;
use serde_json::{Value, json};

use super::access::Caller;
use super::vault_id::NAMESPACE;
use super::versions::{self, RECOVERY_SERVICES, RESOURCES, Versions};
use super::{errors, list, regions, subscriptions};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// The providers that the lab has types of, with the names of these and their versions.
const PROVIDERS: [(&str, &[&str], Versions); 3] = [
    (
        NAMESPACE,
        &["vaults", "operations", "locations", "locations/checkNameAvailability"],
        RECOVERY_SERVICES,
    ),
    (
        "Microsoft.Resources",
        &["tenants", "subscriptions", "resourceGroups", "providers"],
        RESOURCES,
    ),
    ("Microsoft.Storage", &["storageAccounts"], versions::STORAGE),
];

/// All providers, or the one of this namespace; of a subscription, with its state there.
pub(super) fn show(
    request: &CloudRequest<'_>,
    caller: &Caller,
    subscription: Option<&str>,
    namespace: Option<&str>,
) -> Result<Reply, Reply> {
    if let Some(id) = subscription {
        let id = marslab_model::Name::new(id);
        let is_own =
            request.running().look(|world| subscriptions::own(&world, &id, caller).is_some());
        if !is_own {
            return Err(errors::no_subscription(id.as_str()));
        }
    }
    let known = request.running().look(|world| regions::of(&world, request.host));
    let describe = |(name, types, versions): &(&str, &[&str], Versions)| {
        let kinds: Vec<Value> = types
            .iter()
            .map(|kind| {
                let versions = versions.latest_first();
                json!({ "resourceType": kind, "locations": known, "apiVersions": versions })
            })
            .collect();
        match subscription {
            None => json!({ "namespace": name, "resourceTypes": kinds }),
            Some(id) => json!({
                "id": format!("/subscriptions/{id}/providers/{name}"),
                "namespace": name,
                "resourceTypes": kinds,
                "registrationState": "Registered",
            }),
        }
    };
    let Some(namespace) = namespace else {
        return list::page(request, PROVIDERS.iter().map(describe).collect());
    };
    let found = PROVIDERS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(namespace));
    let found = found.ok_or_else(|| {
        let message = format!("The resource namespace '{namespace}' is invalid.");
        Reply::error(StatusCode::NOT_FOUND, "InvalidResourceNamespace", &message)
    })?;
    Ok(Reply::json(StatusCode::OK, &describe(found)))
}

/// What can be done with vaults, as far as the lab does it.
pub(super) fn operations(request: &CloudRequest<'_>) -> Result<Reply, Reply> {
    let describe = |(name, what): (String, &str)| {
        let display = json!({
            "provider": NAMESPACE,
            "resource": name.split('/').nth(1).unwrap_or_default(),
            "operation": what,
            "description": what,
        });
        json!({ "name": name, "origin": "user", "display": display })
    };
    list::page(request, super::inside::actions().map(describe).collect())
}
