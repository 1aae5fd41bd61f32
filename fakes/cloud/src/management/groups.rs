//! Resource groups, and the resources in them (the resource manager's reference).

use http::StatusCode;
use marslab_model::world::ResourceGroup;
use marslab_model::{Map, Name, Tracked};
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::Caller;
use super::filter::Names;
use super::vault_id::find_group;
use super::{errors, list, regions, storage_accounts, subscriptions, tags, vaults};
use crate::reply::Reply;
use crate::request::CloudRequest;

#[derive(Deserialize)]
struct Asked {
    location: Option<String>,
    #[serde(default)]
    tags: Map<Name, String>,
}

pub(super) fn list(request: &CloudRequest<'_>, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    let id = Name::new(id);
    let value = request.running().look(|world| {
        let (id, own) = subscriptions::own(&world, &id, caller)?;
        Some(own.resource_groups().each().map(|(name, it)| describe(id, name, &it)).collect())
    });
    list::page(request, value.ok_or_else(|| errors::no_subscription(id.as_str()))?)
}

/// Shows a group, makes it or changes its tags, or tells whether it is there.
pub(super) fn one(
    request: &CloudRequest<'_>,
    caller: &Caller,
    (subscription, group): (&str, &str),
) -> Result<Reply, Reply> {
    let method = request.method().as_str();
    let right = match method {
        "GET" | "HEAD" => "read",
        "PUT" => "write",
        _ => return Err(errors::not_allowed(request)),
    };
    let scope = format!("/subscriptions/{subscription}/resourceGroups/{group}");
    let action = format!("Microsoft.Resources/subscriptions/resourceGroups/{right}");
    let id = Name::new(subscription);
    let found = request.running().look(|world| {
        caller.check(&world, subscription, &scope, &action)?;
        Ok::<_, Reply>(find_group(&world, &id, group))
    })?;
    match method {
        "HEAD" => found.map(|_| Reply::empty(StatusCode::NO_CONTENT)),
        "PUT" => put(
            request,
            (&id, found.as_ref().map_or_else(|_| Name::new(group), |it| it.1.clone())),
            if found.is_ok() { StatusCode::OK } else { StatusCode::CREATED },
        ),
        _ => shown(request, &found?, StatusCode::OK),
    }
}

fn put(
    request: &CloudRequest<'_>,
    (subscription, name): (&Name, Name),
    status: StatusCode,
) -> Result<Reply, Reply> {
    let asked: Asked = request.json()?;
    tags::check(&asked.tags)?;
    let location = asked.location.as_deref().map(regions::normal).unwrap_or_default();
    if location.is_empty() {
        return Err(errors::bad(
            "LocationRequired",
            "The location property is required for this definition.",
        ));
    }
    let subscription = request.running().look(|world| {
        regions::check(&world, request.host, "Microsoft.Resources/resourceGroups", &location)?;
        let found = world.cloud().subscriptions().entry(subscription);
        found.map(|(id, _)| id.clone()).ok_or_else(Reply::internal)
    })?;
    let group = ResourceGroup { location, tags: asked.tags };
    request.running().edit(|world| {
        let mut cloud = world.cloud();
        cloud.subscriptions().at(&subscription).resource_groups().insert(name.clone(), group);
    });
    shown(request, &(subscription, name), status)
}

fn shown(
    request: &CloudRequest<'_>,
    (subscription, group): &(Name, Name),
    status: StatusCode,
) -> Result<Reply, Reply> {
    let found = request.running().look(|world| {
        let own = world.cloud().subscriptions().at(subscription)?;
        Some(describe(subscription, group, &own.resource_groups().at(group)?))
    });
    Ok(Reply::json(status, &found.ok_or_else(Reply::internal)?))
}

/// The resources of a subscription, or of one of its groups.
pub(super) fn resources(
    request: &CloudRequest<'_>,
    caller: &Caller,
    subscription: &str,
    group: Option<&str>,
) -> Result<Reply, Reply> {
    let id = Name::new(subscription);
    let entries = request.running().look(|world| {
        let (id, _) = subscriptions::own(&world, &id, caller)
            .ok_or_else(|| errors::no_subscription(subscription))?;
        let group = group.map(|group| find_group(&world, id, group)).transpose()?;
        let of = |own: &str| group.as_ref().is_none_or(|(_, group)| Name::new(own) == *group);
        let vaults = world.clone().cloud().vaults().each();
        let vaults = vaults.filter(|(_, it)| {
            *it.clone().subscription().get() == *id && of(it.clone().resource_group().get())
        });
        let vaults = vaults.map(|(name, it)| brief(vaults::describe(name, &it, 0)));
        let accounts = storage_accounts::of(&world, id);
        let accounts = accounts.into_iter().filter(|(group, _)| of(group)).map(|(_, it)| brief(it));
        Ok::<_, Reply>(vaults.chain(accounts).collect())
    })?;
    list::reply(request, entries, NAMES)
}

/// Of a resource, what lists of all kinds show.
fn brief(mut resource: Value) -> Value {
    if let Some(fields) = resource.as_object_mut() {
        fields.remove("properties");
        fields.remove("etag");
    }
    resource
}

fn describe(subscription: &Name, name: &Name, group: &Tracked<'_, ResourceGroup>) -> Value {
    json!({
        "id": format!("/subscriptions/{subscription}/resourceGroups/{name}"),
        "name": name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.clone().location().get(),
        "tags": group.clone().tags().get(),
        "properties": { "provisioningState": "Succeeded" },
    })
}

const NAMES: &Names = &[("resourceType", "/type"), ("name", "/name"), ("location", "/location")];
