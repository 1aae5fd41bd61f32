//! The storage accounts of a subscription, and their keys (the specification of Microsoft.Storage).

use http::StatusCode;
use marslab_base::azure::AzureCloud;
use marslab_model::world::StorageAccount;
use marslab_model::{Name, Tracked, World};
use serde_json::{Value, json};

use super::access::Caller;
use super::filter::Names;
use super::{errors, list, subscriptions};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// The accounts of a subscription with their groups. Those of a service's own are nobody's to see.
pub(super) fn of(world: &Tracked<'_, World>, subscription: &Name) -> Vec<(String, Value)> {
    let accounts = world.clone().cloud().storage_accounts().each();
    let own =
        accounts.filter(|(_, it)| it.clone().subscription().get().as_ref() == Some(subscription));
    let describe = |(name, it): (&Name, Tracked<'_, StorageAccount>)| {
        (it.clone().resource_group().get().clone(), describe(subscription, name, &it))
    };
    own.map(describe).collect()
}

pub(super) fn list(request: &CloudRequest<'_>, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    let id = Name::new(id);
    let found = request.running().look(|world| {
        let (id, _) = subscriptions::own(&world, &id, caller)?;
        Some(of(&world, id).into_iter().map(|(_, it)| it).collect())
    });
    list::reply(request, found.ok_or_else(|| errors::no_subscription(id.as_str()))?, NAMES)
}

/// Shows an account, or its keys (`listKeys`).
pub(super) fn one(
    request: &CloudRequest<'_>,
    caller: &Caller,
    (subscription, group, rest): (&str, &str, &[&str]),
) -> Result<Reply, Reply> {
    let (name, action) = match (request.method().as_str(), rest) {
        ("GET", [name]) => (name, "read"),
        ("POST", [name, keys]) if keys.eq_ignore_ascii_case("listKeys") => {
            (name, "listkeys/action")
        }
        _ => return Err(errors::not_allowed(request)),
    };
    let scope =
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{KIND}/{name}");
    let action = format!("{KIND}/{action}");
    request.running().look(|world| {
        caller.check(&world, subscription, &scope, &action)?;
        let account = world.cloud().storage_accounts().entry(&Name::new(name));
        let id = Name::new(subscription);
        let own = account.filter(|(_, it)| {
            it.clone().subscription().get().as_ref() == Some(&id)
                && Name::new(it.clone().resource_group().get()) == Name::new(group)
        });
        let (name, account) = own.ok_or_else(|| errors::no_resource(KIND, name, group))?;
        if rest.len() == 1 {
            return Ok(Reply::json(StatusCode::OK, &describe(&id, name, &account)));
        }
        let key = |number: u32| {
            json!({ "keyName": format!("key{number}"), "value": account.clone().key().get(), "permissions": "FULL" })
        };
        Ok(Reply::json(StatusCode::OK, &json!({ "keys": [key(1)] })))
    })
}

fn describe(subscription: &Name, name: &Name, account: &Tracked<'_, StorageAccount>) -> Value {
    let (group, location) =
        (account.clone().resource_group().get(), account.clone().location().get());
    let cloud = AzureCloud::of_region(location);
    json!({
        "id": format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{KIND}/{name}"),
        "name": name,
        "type": KIND,
        "kind": "StorageV2",
        "sku": { "name": "Standard_LRS", "tier": "Standard" },
        "location": location,
        "tags": {},
        "properties": {
            "provisioningState": "Succeeded",
            "primaryLocation": location,
            "statusOfPrimary": "available",
            "primaryEndpoints": {
                "blob": format!("https://{}/", cloud.blob_host(name.as_str())),
                "queue": format!("https://{}/", cloud.queue_host(name.as_str())),
            },
        },
    })
}

const KIND: &str = "Microsoft.Storage/storageAccounts";
const NAMES: &Names = &[];
