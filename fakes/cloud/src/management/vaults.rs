//! Vaults: made, shown, changed, deleted (mars-facts 4.2; azure-mgmt-recoveryservices 4.3).
//!
//! A vault is made and changed at once, so no operation goes on. What is refused as a vault is deleted: MicrosoftDocs
//! azure-docs issue 42016. † Codes of the refusals of a name, a location or tags that do not suit, and that no two
//! subscriptions have vaults of one name.

use http::StatusCode;
use http::header::ETAG;
use marslab_base::azure::AzureCloud;
use marslab_base::policies;
use marslab_model::world::{Content, PrivateEndpointState, Vault};
use marslab_model::{Edit, Map, Name, Tracked, World};
use serde::Deserialize;
use serde_json::{Map as Json, Value, json};

use super::access::Caller;
use super::filter::Names;
use super::vault_id::{Call, NAMESPACE, VAULTS, VaultId, find_group};
use super::{errors, etag, list, operations, regions, tags};
use crate::guid;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// What can be set of a vault.
#[derive(Deserialize)]
struct Asked {
    location: Option<String>,
    sku: Option<Sku>,
    tags: Option<Map<Name, String>>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Sku {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    public_network_access: Option<String>,
    redundancy_settings: Option<Redundancy>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Redundancy {
    standard_tier_storage_redundancy: Option<String>,
}

/// The vaults of a subscription, or of one of its groups.
pub(super) fn all(
    request: &CloudRequest<'_>,
    caller: &Caller,
    subscription: &str,
    group: Option<&str>,
) -> Result<Reply, Reply> {
    let subscription = Name::new(subscription);
    let entries = request.running().look(|world| {
        super::subscriptions::own(&world, &subscription, caller)
            .ok_or_else(|| errors::no_subscription(subscription.as_str()))?;
        let group = group.map(|group| find_group(&world, &subscription, group)).transpose()?;
        let hours = *world.clone().cloud().credentials_hours().get();
        let vaults = world.cloud().vaults().each();
        let here = vaults.filter(|(_, vault)| {
            *vault.clone().subscription().get() == subscription
                && group.as_ref().is_none_or(|(_, group)| {
                    Name::new(vault.clone().resource_group().get()) == *group
                })
        });
        Ok::<_, Reply>(here.map(|(name, vault)| describe(name, &vault, hours)).collect())
    })?;
    list::reply(request, entries, NAMES)
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Reply> {
    let (own, body) = body(call)?;
    let is_known = call.request.header("if-none-match").is_some_and(|known| known == own);
    let reply = if is_known {
        Reply::empty(StatusCode::NOT_MODIFIED)
    } else {
        Reply::json(StatusCode::OK, &body)
    };
    Ok(reply.with(ETAG, own))
}

/// What is asked for whether it exists has no content.
pub(super) fn exists(call: &Call<'_>) -> Result<Reply, Reply> {
    body(call).map(|_| Reply::empty(StatusCode::NO_CONTENT))
}

/// Makes a vault, or replaces what can be set of it.
pub(super) fn put(
    request: &CloudRequest<'_>,
    caller: &Caller,
    asked: &VaultId,
) -> Result<Reply, Reply> {
    let group = request.running().look(|world| {
        let subscription = asked.subscription.as_str();
        caller.check(&world, subscription, &asked.to_string(), WRITE)?;
        find_group(&world, &asked.subscription, &asked.group)
    })?;
    let wanted: Asked = request.json()?;
    let location = wanted.location.as_deref().map(regions::normal).unwrap_or_default();
    if location.is_empty() {
        return Err(errors::bad(
            "LocationRequired",
            "The location property is required for this definition.",
        ));
    }
    check(&wanted)?;
    let there = request.running().look(|world| {
        let (name, vault) = world.cloud().vaults().entry(&asked.name)?;
        Some((VaultId::of(name, &vault), vault.location().get().clone()))
    });
    let Some((id, own)) = there else {
        etag::check(request, None)?;
        let id =
            VaultId { subscription: group.0, group: group.1.to_string(), name: asked.name.clone() };
        return add(request, id, &location, &wanted);
    };
    let is_here = id.subscription == group.0 && Name::new(id.group.as_str()) == group.1;
    if !is_here || regions::normal(&own) != location {
        return Err(elsewhere(&id, &own, &location));
    }
    let call = Call { request, vault: id, rest: &[] };
    let wanted = Asked { tags: Some(wanted.tags.unwrap_or_default()), ..wanted };
    set(&call, wanted)
}

/// Changes what is named, and nothing else.
pub(super) fn patch(call: &Call<'_>) -> Result<Reply, Reply> {
    let wanted: Asked = call.request.json()?;
    check(&wanted)?;
    set(call, wanted)
}

fn check(wanted: &Asked) -> Result<(), Reply> {
    wanted.tags.as_ref().map_or(Ok(()), tags::check)?;
    let sku = wanted.sku.as_ref().map_or("Standard", |sku| sku.name.as_str());
    if !SKUS.contains(&sku) {
        return Err(errors::bad("InvalidSku", &format!("The sku '{}' is invalid.", bounded(sku))));
    }
    let redundancy = wanted.redundancy().unwrap_or(REDUNDANCIES[0]);
    if !REDUNDANCIES.contains(&redundancy) {
        let message = format!("The storage redundancy '{}' is invalid.", bounded(redundancy));
        return Err(errors::bad("InvalidParameter", &message));
    }
    Ok(())
}

impl Asked {
    fn redundancy(&self) -> Option<&str> {
        let settings = self.properties.as_ref()?.redundancy_settings.as_ref()?;
        settings.standard_tier_storage_redundancy.as_deref()
    }

    fn is_public(&self) -> Option<bool> {
        let access = self.properties.as_ref()?.public_network_access.as_deref()?;
        Some(!access.eq_ignore_ascii_case("Disabled"))
    }
}

fn set(call: &Call<'_>, wanted: Asked) -> Result<Reply, Reply> {
    let modified = call.look(|vault| *vault.modified().get())?;
    etag::check(call.request, Some(&etag::of(modified)))?;
    let now = call.request.running().stamp();
    call.edit(|vault| {
        vault.modified().set(etag::next(modified, now));
        if let Some(redundancy) = wanted.redundancy() {
            vault.redundancy().set(redundancy);
        }
        if let Some(is_public) = wanted.is_public() {
            vault.public_network_access().set(is_public);
        }
        if let Some(sku) = wanted.sku {
            vault.sku().set(sku.name);
        }
        if let Some(tags) = wanted.tags {
            vault.tags().set(tags);
        }
    });
    let (own, body) = body(call)?;
    Ok(Reply::json(StatusCode::OK, &body).with(ETAG, own))
}

fn add(
    request: &CloudRequest<'_>,
    id: VaultId,
    location: &str,
    wanted: &Asked,
) -> Result<Reply, Reply> {
    let name = id.name.as_str();
    let is_name = (2..=50).contains(&name.len())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        && name.starts_with(|it: char| it.is_ascii_alphabetic());
    if !is_name {
        let message = format!("The name '{}' is invalid.", bounded(name));
        return Err(errors::bad("ResourceNameInvalid", &message));
    }
    let account = request.running().look(|world| {
        regions::check(&world, request.host, VAULTS, location)?;
        storage_of(&world, location).ok_or_else(Reply::internal)
    })?;
    let vault = new(request, &id, (location, &account), wanted);
    let name = id.name.clone();
    request.running().edit(|world| world.cloud().vaults().insert(name, vault));
    let (own, body) = body(&Call { request, vault: id, rest: &[] })?;
    Ok(Reply::json(StatusCode::CREATED, &body).with(ETAG, own))
}

fn new(
    request: &CloudRequest<'_>,
    id: &VaultId,
    (location, account): (&str, &Name),
    wanted: &Asked,
) -> Vault {
    let cloud = AzureCloud::of_region(location);
    let mut number = [0; 8];
    request.running().random(&mut number);
    Vault {
        subscription: id.subscription.clone(),
        resource_group: id.group.clone(),
        location: location.to_owned(),
        // Positive, as real ones are.
        resource_id: i64::from_be_bytes(number) & i64::MAX,
        sku: wanted.sku.as_ref().map_or("Standard", |sku| &sku.name).to_owned(),
        tags: wanted.tags.clone().unwrap_or_default(),
        modified: request.running().stamp(),
        redundancy: wanted.redundancy().unwrap_or(REDUNDANCIES[0]).to_owned(),
        soft_delete: true,
        extended_info: Content::default(),
        policies: policies::of_new_vault(),
        blob_host: cloud.blob_host(account.as_str()),
        queue_host: cloud.queue_host(account.as_str()),
        client_id: Name::new(guid(request.running())),
        private_endpoint_state: None,
        private_host: None,
        public_network_access: wanted.is_public().unwrap_or(true),
        latest_certificate: String::new(),
        issued_at: None,
        machines: Map::new(),
        recovery_points: Map::new(),
    }
}

/// The account of the service that keeps a region's backups.
fn storage_of(world: &Tracked<'_, World>, location: &str) -> Option<Name> {
    let mut accounts = world.clone().cloud().storage_accounts().each();
    let found = accounts.find(|(_, account)| {
        account.clone().subscription().get().is_none()
            && regions::normal(account.clone().location().get()) == location
    });
    found.map(|(name, _)| name.clone())
}

/// Deletes a vault that holds nothing. From the version of 2025 on † that is an operation to be asked after, as the SDKs have it.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Reply> {
    let (modified, client, machines, points) = call.look(|vault| {
        let machines = vault.clone().machines().each();
        let machines: Vec<_> = machines.map(|(name, _)| name.as_str().to_uppercase()).collect();
        let points = vault.clone().recovery_points().each().count();
        (*vault.clone().modified().get(), vault.client_id().get().clone(), machines, points)
    })?;
    etag::check(call.request, Some(&etag::of(modified)))?;
    if !machines.is_empty() || points > 0 {
        return Err(not_empty(&machines));
    }
    let name = &call.vault.name;
    call.request.running().edit(|world| {
        let mut cloud = world.cloud();
        cloud.vaults().remove(name);
        remove_application(&mut cloud.tenants(), &client);
    });
    if call.request.query("api-version").is_some_and(|version| *version >= *"2025") {
        return Ok(operations::accepted(call));
    }
    Ok(Reply::empty(StatusCode::OK))
}

fn remove_application(
    tenants: &mut Edit<'_, Map<Name, marslab_model::world::Tenant>>,
    client: &Name,
) {
    let ids: Vec<Name> =
        tenants.look().into_iter().flat_map(Tracked::each).map(|(id, _)| id.clone()).collect();
    for id in ids {
        tenants.at(&id).applications().remove(client);
    }
}

/// That a name is free. The specification has the shape.
pub(super) fn check_name(
    request: &CloudRequest<'_>,
    caller: &Caller,
    (subscription, group): (&str, &str),
) -> Result<Reply, Reply> {
    #[derive(Deserialize)]
    struct Wanted {
        name: String,
    }
    let scope = format!("/subscriptions/{subscription}/resourceGroups/{group}");
    let action = format!("{NAMESPACE}/locations/checkNameAvailability/action");
    let wanted: Wanted = request.json()?;
    let is_taken = request.running().look(|world| {
        caller.check(&world, subscription, &scope, &action)?;
        find_group(&world, &Name::new(subscription), group)?;
        Ok::<_, Reply>(world.cloud().vaults().at(&Name::new(wanted.name)).is_some())
    })?;
    let body = if is_taken {
        let message = "The name is already in use by another vault.";
        json!({ "nameAvailable": false, "reason": "AlreadyExists", "message": message })
    } else {
        json!({ "nameAvailable": true })
    };
    Ok(Reply::json(StatusCode::OK, &body))
}

fn body(call: &Call<'_>) -> Result<(String, Value), Reply> {
    let hours = call.request.running().look(|world| *world.cloud().credentials_hours().get());
    call.look(|vault| {
        (etag::of(*vault.clone().modified().get()), describe(&call.vault.name, &vault, hours))
    })
}

/// A vault as the resource manager shows it; `credentialsHours` is †.
pub(super) fn describe(name: &Name, vault: &Tracked<'_, Vault>, hours: u32) -> Value {
    let state = vault.clone().private_endpoint_state().get().map(|state| match state {
        PrivateEndpointState::None => "None",
        PrivateEndpointState::Enabled => "Enabled",
    });
    let is_public = *vault.clone().public_network_access().get();
    let mut properties = Json::new();
    let mut add = |key: &str, value: Value| drop(properties.insert(key.to_owned(), value));
    add("provisioningState", "Succeeded".into());
    add("credentialsHours", hours.into());
    add("publicNetworkAccess", if is_public { "Enabled" } else { "Disabled" }.into());
    let redundancy = vault.clone().redundancy().get();
    let settings =
        json!({ "standardTierStorageRedundancy": redundancy, "crossRegionRestore": "Disabled" });
    add("redundancySettings", settings);
    // Only a newer resource manager tells.
    if let Some(state) = state {
        add("privateEndpointStateForBackup", state.into());
    }
    let sku = vault.clone().sku().get();
    let sku = match sku.as_str() {
        "RS0" => json!({ "name": sku, "tier": "Standard" }),
        _ => json!({ "name": sku }),
    };
    json!({
        "location": vault.clone().location().get(),
        "name": name,
        "etag": etag::of(*vault.clone().modified().get()),
        "tags": vault.clone().tags().get(),
        "properties": properties,
        "id": VaultId::of(name, vault).to_string(),
        "type": VAULTS,
        "sku": sku,
    })
}

fn not_empty(machines: &[String]) -> Reply {
    let (code, named) = if machines.is_empty() {
        ("ServiceResourceNotEmptyWithBackendMessage", String::new())
    } else {
        ("ServiceResourceNotEmptyWithContainerDetails", format!(" : {}", machines.join(", ")))
    };
    let message = format!(
        "Vault cannot be deleted as there are existing resources within the vault.{named}\nUnregister all containers \
         from the vault and then retry to delete vault. For instructions, see https://aka.ms/AB-AA4ecq5"
    );
    errors::bad(code, &message)
}

fn elsewhere(id: &VaultId, location: &str, wanted: &str) -> Reply {
    let VaultId { name, group, .. } = id;
    let message = format!(
        "The resource '{name}' already exists in location '{location}' in resource group '{group}'. A resource with the \
         same name cannot be created in location '{wanted}'. Please select a new resource name."
    );
    Reply::error(StatusCode::CONFLICT, "InvalidResourceLocation", &message)
}

fn bounded(text: &str) -> String {
    text.chars().take(100).collect()
}

const WRITE: &str = "Microsoft.RecoveryServices/Vaults/write";
const SKUS: [&str; 2] = ["Standard", "RS0"];
pub(super) const REDUNDANCIES: [&str; 3] = ["GeoRedundant", "LocallyRedundant", "ZoneRedundant"];

/// By what lists of vaults are filtered.
const NAMES: &Names = &[("name", "/name"), ("location", "/location")];
