//! The resource manager's manners, and a vault's life, on the wire.

use std::collections::BTreeSet;

use marslab_model::world::RecoveryPoint;
use marslab_model::{HostName, Name, World};
use marslab_wire::http::{Request, Response};
use serde_json::{Value, json};

use super::{bearer, refusal, user_token};
use crate::site::{FIDELITIES, Site};
use marslab_base as base;

const GROUP: &str = "subscriptions/c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21/resourceGroups/rg-backup";
const VAULTS: &str = "providers/Microsoft.RecoveryServices/vaults";

fn as_owner(world: &mut World) {
    let subscription = world.cloud.subscriptions.get_mut(&Name::new(base::SUBSCRIPTION)).unwrap();
    let owner = BTreeSet::from(["Owner".to_owned()]);
    subscription.roles = [(Name::new(base::ADMIN_UPN), owner)].into();
}

fn with_points(world: &mut World) {
    let now = world.now;
    let vault = world.cloud.vaults.get_mut(&Name::new(base::VAULT)).unwrap();
    let machine = Name::new("srv01.contoso.example");
    let point = RecoveryPoint { machine, at: now, bytes: 5, key_verifier: String::new() };
    vault.recovery_points = [(Name::new("p1"), point)].into();
}

fn to(method: &str, path: &str, body: &Value) -> Request {
    let url = format!("https://management.azure.com/{path}").parse().unwrap();
    match method {
        "GET" => Request::get(url),
        "DELETE" => Request::delete(url),
        "POST" => Request::post(url, "application/json", body.to_string()),
        "PUT" => Request::put(url, "application/json", body.to_string()),
        other => {
            let mut request = Request::put(url, "application/json", body.to_string());
            request.method = other.parse().unwrap();
            request
        }
    }
}

async fn ask(site: &Site, token: &str, (method, path): (&str, &str), body: Value) -> (u16, Value) {
    site.ask(bearer(to(method, path, &body), token)).await
}

async fn get(site: &Site, token: &str, path: &str) -> (u16, Value) {
    ask(site, token, ("GET", path), Value::Null).await
}

async fn whole(site: &Site, request: Request) -> Response {
    site.client().send(&request).await.unwrap()
}

/// Who is refused what, in the order in which the resource manager looks.
#[tokio::test]
async fn refusals() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let token = user_token(&site).await;
    let vault = &format!("{GROUP}/{VAULTS}/vault-east");
    for (method, path, expected) in [
        ("GET", "nothing?api-version=2016-06-01", (404, "MissingSubscription")),
        ("GET", "subscriptions", (400, "MissingApiVersionParameter")),
        ("GET", "subscriptions?api-version=", (400, "InvalidApiVersionParameter")),
        ("GET", "subscriptions?api-version=1999-01-01", (400, "InvalidApiVersionParameter")),
        ("GET", &format!("{vault}?api-version=1999-01-01"), (400, "NoRegisteredProviderFound")),
        ("GET", &format!("{vault}/nothing?api-version=2016-06-01"), (404, "InvalidResourceType")),
        ("POST", &format!("{vault}?api-version=2016-06-01"), (405, "MethodNotAllowed")),
        ("PUT", "subscriptions?api-version=2016-06-01", (405, "MethodNotAllowed")),
        (
            "GET",
            "providers/Microsoft.Nowhere?api-version=2016-06-01",
            (404, "InvalidResourceNamespace"),
        ),
        (
            "GET",
            &format!("{GROUP}/providers/Microsoft.Nowhere/things/x?api-version=2016-06-01"),
            (404, "InvalidResourceType"),
        ),
        (
            "GET",
            &format!("{vault}/backupJobs?api-version=2016-12-01&$filter=nonsense"),
            (400, "InvalidFilterInQueryString"),
        ),
        (
            "GET",
            &format!("{vault}/backupJobs?api-version=2016-12-01&$filter=colour%20eq%20'red'"),
            (400, "InvalidFilterInQueryString"),
        ),
        ("GET", &format!("{vault}/backupJobs/x?api-version=2016-12-01"), (404, "ResourceNotFound")),
        (
            "PUT",
            &format!("{GROUP}/{VAULTS}/new?api-version=2016-06-01"),
            (403, "AuthorizationFailed"),
        ),
    ] {
        let answer = ask(&site, &token, (method, path), json!({})).await;
        assert_eq!(refusal(&answer), expected, "{method} {path}");
    }
}

#[tokio::test]
async fn every_answer_has_the_head() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let request = to("GET", &format!("{GROUP}?api-version=2016-06-01"), &Value::Null);
        let answer = whole(&site, request).await;
        assert_eq!(answer.status, 401);
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(
            challenge.contains(&format!("https://login.windows.net/{}", base::TENANT)),
            "{challenge}"
        );
        let id = answer.header("x-ms-correlation-request-id").unwrap();
        let routing = format!("JAPANEAST:20190521T030000Z:{id}");
        for (name, value) in [
            ("cache-control", "no-cache"),
            ("x-ms-ratelimit-remaining-subscription-reads", "11999"),
            ("x-ms-routing-request-id", &routing),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{fidelity:?}");
        }
    }
}

#[tokio::test]
async fn a_vaults_life() {
    let site = Site::new(FIDELITIES[0], as_owner);
    let token = user_token(&site).await;
    let path = &format!("{GROUP}/{VAULTS}/vault-new?api-version=2025-02-01");
    let wanted = json!({ "location": "Japan East", "sku": { "name": "RS0" }, "properties": {} });
    for (body, expected) in [
        (json!({}), (400, "LocationRequired")),
        (json!({ "location": "atlantis" }), (400, "LocationNotAvailableForResourceType")),
        (json!({ "location": "japaneast", "sku": { "name": "Gold" } }), (400, "InvalidSku")),
        (wanted.clone(), (201, "")),
        (wanted.clone(), (200, "")),
        (json!({ "location": "japanwest" }), (409, "InvalidResourceLocation")),
    ] {
        let answer = ask(&site, &token, ("PUT", path), body.clone()).await;
        assert_eq!(refusal(&answer), expected, "{body}");
    }
    let (_, shown) = get(&site, &token, path).await;
    assert_eq!(
        (&shown["location"], &shown["sku"]["tier"]),
        (&json!("japaneast"), &json!("Standard"))
    );
    let tags = json!({ "tags": { "owner": "me" } });
    let (_, changed) = ask(&site, &token, ("PATCH", path), tags.clone()).await;
    assert_eq!(changed["tags"], tags["tags"]);
    assert_ne!(changed["etag"], shown["etag"]);
    let stale = bearer(to("PATCH", path, &tags), &token);
    let stale = stale.with_header("If-Match", shown["etag"].as_str().unwrap());
    assert_eq!(refusal(&site.ask(stale).await), (412, "PreconditionFailed"));
    let list = format!("subscriptions/{}/{VAULTS}?api-version=2016-06-01", base::SUBSCRIPTION);
    assert_eq!(get(&site, &token, &list).await.1["value"].as_array().unwrap().len(), 3);

    let deleted = whole(&site, bearer(to("DELETE", path, &Value::Null), &token)).await;
    assert_eq!(deleted.status, 202);
    let status = deleted.header("azure-asyncoperation").unwrap();
    let status = Request::get(status.parse().unwrap());
    let (_, told) = site.ask(bearer(status, &token)).await;
    assert_eq!(told["status"], "Succeeded");
    assert_eq!(refusal(&get(&site, &token, path).await), (404, "ResourceNotFound"));
    let unknown = "00000000-0000-0000-0000-000000000000";
    let unknown =
        format!("{GROUP}/{VAULTS}/vault-new/operationStatus/{unknown}?api-version=2025-02-01");
    assert_eq!(refusal(&get(&site, &token, &unknown).await), (404, "ResourceNotFound"));
}

/// What was backed up keeps a vault, and shows everywhere.
#[tokio::test]
async fn what_is_backed_up_shows() {
    let site = Site::new(FIDELITIES[0], |world| {
        as_owner(world);
        with_points(world);
    });
    let token = user_token(&site).await;
    let below = |what: &str| format!("{GROUP}/{VAULTS}/vault-east/{what}api-version=2016-12-01");
    for (what, count) in [
        ("backupJobs?", 1),
        ("backupJobs?$filter=startTime%20eq%20'2019-05-21%2003:00:01%20AM'&", 0),
        ("backupJobs?$filter=backupManagementType%20eq%20'AzureIaasVM'&", 0),
        ("backupProtectedItems?$filter=itemType%20eq%20'FileFolder'&", 1),
        ("backupPolicies?$filter=backupManagementType%20eq%20'AzureIaasVM'&", 1),
        ("backupEngines?", 0),
    ] {
        let (status, list) = get(&site, &token, &below(what)).await;
        assert_eq!((status, list["value"].as_array().map(Vec::len)), (200, Some(count)), "{what}");
    }
    assert_eq!(get(&site, &token, &below("backupJobs/p1?")).await.0, 200);
    let (_, usages) = get(&site, &token, &below("usages?")).await;
    let usage = |name: &str| {
        let mut usages = usages["value"].as_array().unwrap().iter();
        usages.find(|it| it["name"]["value"] == name).unwrap()["currentValue"].clone()
    };
    assert_eq!((usage("MABProtectedItemCount"), usage("GRSStorageUsage")), (json!(1), json!(5)));
    let vault = below("?").replace("/?", "?");
    let answer = ask(&site, &token, ("DELETE", &vault), Value::Null).await;
    assert_eq!(refusal(&answer), (400, "ServiceResourceNotEmptyWithBackendMessage"));
    let config = json!({ "properties": { "storageType": "LocallyRedundant" } });
    let storage = below("backupstorageconfig/vaultstorageconfig?");
    let answer = ask(&site, &token, ("PATCH", &storage), config).await;
    assert_eq!(refusal(&answer), (400, "UserErrorStorageTypeIsLocked"));
}

#[tokio::test]
async fn what_is_set_is_shown() {
    let site = Site::new(FIDELITIES[0], as_owner);
    let token = user_token(&site).await;
    let below = |what: &str| format!("{GROUP}/{VAULTS}/vault-east/{what}?api-version=2016-12-01");
    for (what, properties) in [
        ("backupstorageconfig/vaultstorageconfig", json!({ "storageType": "LocallyRedundant" })),
        ("backupconfig/vaultconfig", json!({ "softDeleteFeatureState": "Disabled" })),
        ("extendedInformation/vaultExtendedInfo", json!({ "integrityKey": "key" })),
        ("backupPolicies/mine", json!({ "backupManagementType": "MAB" })),
    ] {
        let body = json!({ "properties": properties });
        assert_eq!(ask(&site, &token, ("PUT", &below(what)), body).await.0, 200, "{what}");
        let (_, shown) = get(&site, &token, &below(what)).await;
        for (name, value) in properties.as_object().unwrap() {
            assert_eq!(shown["properties"][name], *value, "{what}");
        }
    }
    assert_eq!(
        ask(&site, &token, ("DELETE", &below("backupPolicies/mine")), Value::Null).await.0,
        200
    );
    assert_eq!(get(&site, &token, &below("backupPolicies/mine")).await.0, 404);
}

#[tokio::test]
async fn lists_have_pages() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let token = user_token(&site).await;
    let path =
        format!("subscriptions/{}/{VAULTS}?$top=1&api-version=2016-06-01", base::SUBSCRIPTION);
    let (_, first) = get(&site, &token, &path).await;
    let next = Request::get(first["nextLink"].as_str().unwrap().parse().unwrap());
    let (_, second) = site.ask(bearer(next, &token)).await;
    assert_eq!(
        (&first["value"][0]["name"], &second["value"][0]["name"]),
        (&json!("vault-east"), &json!("vault-west"))
    );
    assert_eq!(second["nextLink"], Value::Null);
}

/// Who has no role sees no subscription, and may not look at a vault that they know of.
#[tokio::test]
async fn somebody_without_a_role() {
    let site = Site::new(FIDELITIES[0], |world| {
        let subscription =
            world.cloud.subscriptions.get_mut(&Name::new(base::SUBSCRIPTION)).unwrap();
        subscription.roles = [(Name::new(base::ADMIN_UPN), BTreeSet::new())].into();
    });
    let token = user_token(&site).await;
    let (_, list) = get(&site, &token, "subscriptions?api-version=2016-06-01").await;
    assert_eq!(list["value"], json!([]));
    let vault = format!("{GROUP}/{VAULTS}/vault-east?api-version=2016-06-01");
    assert_eq!(refusal(&get(&site, &token, &vault).await), (403, "AuthorizationFailed"));
}

#[tokio::test]
async fn names_that_exist() {
    let site = Site::new(FIDELITIES[0], |_| {});
    for (url, status) in [
        ("https://pod01-prot1.jpe.backup.windowsazure.com/", 404),
        ("https://login.microsoft.com/", 200),
        ("https://portal.azure.com/", 200),
        ("http://portal.azure.com/", 301),
        ("https://graph.microsoft.com/v1.0/me", 401),
    ] {
        assert_eq!(site.get(url).await.unwrap().status, status, "{url}");
    }
    // A vault can only be made where there are servers for it.
    let regions = ["jpe", "jpw"]
        .map(|code| HostName::new(format!("pod01-manag1.{code}.backup.windowsazure.com")));
    let world = site.running.snapshot().unwrap();
    assert!(regions.iter().all(|host| world.cloud.endpoints.contains_key(host)));
}
