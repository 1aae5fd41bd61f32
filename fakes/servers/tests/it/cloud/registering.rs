use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::tracked::Field;
use marslab_model::world::{Origin, RecoveryPoint};
use marslab_model::{Address, Name};
use marslab_wire::http::Request;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Client, bearer, certificate, credentials, management, refusal, user_token};
use crate::site::{FIDELITIES, Site};
use marslab_base as base;

const MACHINE: &str = "SRV01.contoso.example";
const EAST: &str = "pod01-manag1.jpe.backup.windowsazure.com";

fn request(method: &str, rest: &str, body: &Value) -> Request {
    let url = format!("https://{EAST}/restapi/machines/{rest}").parse().unwrap();
    match method {
        "GET" => Request::get(url),
        "PUT" => Request::put(url, "application/json", body.to_string()),
        _ => Request::post(url, "application/json", body.to_string()),
    }
}

async fn ask(site: &Site, token: &str, (method, rest): (&str, &str), body: Value) -> (u16, Value) {
    site.ask(bearer(request(method, rest, &body), token)).await
}

async fn register(site: &Site, token: &str, der: &[u8], version: &str) -> (u16, Value) {
    let body = json!({ "certificate": STANDARD.encode(der), "agentVersion": version });
    ask(site, token, ("POST", MACHINE), body).await
}

/// Downloads credentials and registers; the token and the machine's id.
async fn registered(site: &Site) -> (Client, String, String) {
    let client = credentials(site, 0).await;
    let token = client.token(site).await;
    let der = certificate("CB_srv01._636940000000000000", 1, site.now());
    let (status, answer) = register(site, &token, &der, "2.0.9169.0").await;
    assert_eq!(status, 200, "{answer}");
    let id = answer["machineId"].as_str().unwrap().to_owned();
    (Client { key: 1, der, ..client }, token, id)
}

/// Writes a blob; the status, and the code of a refusal.
async fn upload(site: &Site, url: &str, kind: &str) -> (u16, Option<String>) {
    let request = Request::put(url.parse().unwrap(), "application/octet-stream", "data");
    let request = request.with_header("x-ms-blob-type", kind);
    let answer = site.client().send(&request).await.unwrap();
    (answer.status, answer.header("x-ms-error-code").map(str::to_owned))
}

/// Backs up under a key; the recovery point.
async fn back_up(site: &Site, (token, id): (&str, &str), verifier: &str) -> String {
    let mut job = json!({ "bytes": 5, "verifier": verifier, "machine": MACHINE });
    let jobs = format!("{id}/jobs");
    let (status, begun) = ask(site, token, ("POST", &jobs), job.clone()).await;
    assert_eq!(status, 201, "{begun}");
    job["job"] = begun["job"].clone();
    // There is no recovery point without its data.
    let early = ask(site, token, ("PUT", &jobs), job.clone()).await;
    assert_eq!(refusal(&early), (409, "DataMissing"));
    let blob = begun["blob"].as_str().unwrap();
    assert_eq!(upload(site, blob, "BlockBlob").await, (201, None));
    let note = Request::post(begun["queue"].as_str().unwrap().parse().unwrap(), "text/xml", "x");
    assert_eq!(site.ask(note).await.0, 201);
    let (status, closed) = ask(site, token, ("PUT", &jobs), job).await;
    assert_eq!((status, &closed["recoveryPoint"]), (200, &begun["job"]), "{closed}");
    begun["job"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn only_who_was_given_a_url_writes_there() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let (machine, _, id) = registered(&site).await;
    let token = machine.token(&site).await;
    let key = json!({ "verifier": "v1" });
    assert_eq!(ask(&site, &token, ("PUT", &format!("{id}/key")), key).await.0, 200);
    assert_eq!(ask(&site, &token, ("POST", &format!("{id}/activate")), json!({})).await.0, 200);
    let job = json!({ "bytes": 5, "verifier": "v1", "machine": MACHINE });
    let (_, begun) = ask(&site, &token, ("POST", &format!("{id}/jobs")), job).await;
    let url = begun["blob"].as_str().unwrap().to_owned();
    assert!(url.starts_with("https://podjpe01stor7c1d.blob.core.windows.net/"), "{url}");
    let job = begun["job"].as_str().unwrap();
    let denied = (403, Some("AuthenticationFailed".to_owned()));
    for other in [
        url.replace(job, "another"),
        url.replace("podjpe01stor7c1d", "podjpw01stor4e9a"),
        url.replace("sig=", "sig=x"),
        url.split('?').next().unwrap().to_owned(),
    ] {
        assert_eq!(upload(&site, &other, "BlockBlob").await, denied, "{other}");
    }
    let missing = (400, Some("MissingRequiredHeader".to_owned()));
    assert_eq!(upload(&site, &url, "PageBlob").await, missing);
    let root = site.get("https://podjpe01stor7c1d.blob.core.windows.net/").await.unwrap();
    let code = Some("InvalidQueryParameterValue");
    assert_eq!((root.status, root.header("x-ms-error-code")), (400, code));
    assert!(root.text().contains("<Code>InvalidQueryParameterValue</Code>"));
    // Who may write may not read.
    let read = site.get(&url).await.unwrap();
    assert_eq!(read.header("x-ms-error-code"), Some("AuthorizationPermissionMismatch"));
}

#[tokio::test]
async fn a_storage_account_with_an_issue_is_busy() {
    let host = "podjpe01stor7c1d.blob.core.windows.net";
    let site = Site::new(FIDELITIES[0], |world| {
        let until = world.now + jiff::SignedDuration::from_mins(20);
        let endpoint = world.cloud.endpoints.get_mut(&host.into()).unwrap();
        endpoint.service_issue_until = Some(until);
    });
    let answer = site.get(&format!("https://{host}/")).await.unwrap();
    assert_eq!((answer.status, answer.header("x-ms-error-code")), (503, Some("ServerBusy")));
}

async fn log_in(site: &Site, portal: &str, target: &str) -> String {
    let portal: Address = portal.parse().unwrap();
    let mut stream = site.network.dial(Origin::Machines, &portal).await.unwrap().stream;
    stream.write_all(format!("LOGIN {target}\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn from_the_registration_to_a_mounted_volume() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let (machine, _, id) = registered(&site).await;
        // From now on the machine's own certificate signs in.
        let token = machine.token(&site).await;
        let key = json!({ "verifier": "v1" });
        assert_eq!(ask(&site, &token, ("PUT", &format!("{id}/key")), key).await.0, 200);
        assert_eq!(ask(&site, &token, ("POST", &format!("{id}/activate")), json!({})).await.0, 200);
        let point = &json!(back_up(&site, (&token, &id), "v1").await);
        let (status, points) =
            ask(&site, &token, ("GET", &format!("{id}/recoverypoints")), json!(null)).await;
        let expected =
            json!({ "value": [{ "id": point, "at": "2019-05-21T03:00:00Z", "bytes": 5 }] });
        assert_eq!((status, points), (200, expected));
        let mount = json!({ "recoveryPoint": point });
        let (status, mounted) = ask(&site, &token, ("POST", &format!("{id}/mounts")), mount).await;
        assert_eq!(status, 200);
        let (portal, target) =
            (mounted["portal"].as_str().unwrap(), mounted["target"].as_str().unwrap());
        assert_eq!(portal, "pod01-rec2.jpe.backup.windowsazure.com:3260");
        assert_eq!(log_in(&site, portal, target).await, "OK", "{fidelity:?}");
        let west = "pod01-rec2.jpw.backup.windowsazure.com:3260";
        for (portal, target) in [
            (west, target),
            (portal, "iqn.x"),
            (portal, &format!("{target}x")),
            (portal, &target.replace("east", "west")),
            (portal, &"x".repeat(5_000)),
            (portal, ""),
        ] {
            assert_eq!(log_in(&site, portal, target).await, "REFUSED", "{fidelity:?} {target}");
        }
        let points = Field::world().cloud().vaults().at(base::VAULT).recovery_points();
        site.running.apply(&points.at(point.as_str().unwrap()).removed()).unwrap();
        assert_eq!(log_in(&site, portal, target).await, "REFUSED", "{fidelity:?}");
    }
}

#[tokio::test]
async fn another_machines_data_is_for_who_knows_the_passphrase() {
    let site = Site::new(FIDELITIES[0], |world| {
        let point = RecoveryPoint {
            machine: Name::new("srv09.contoso.example"),
            at: world.now,
            bytes: 7,
            key_verifier: "v9".to_owned(),
        };
        let vault = world.cloud.vaults.get_mut(&Name::new(base::VAULT)).unwrap();
        vault.recovery_points.insert(Name::new("p9"), point);
    });
    let (_, token, id) = registered(&site).await;
    let list = |of: &str| ("GET", format!("{id}/recoverypoints{of}"));
    for (of, points) in [("", 0), ("?of=srv09.contoso.example", 1), ("?of=srv10", 0)] {
        let (method, path) = list(of);
        let (status, answer) = ask(&site, &token, (method, &path), json!(null)).await;
        assert_eq!((status, answer["value"].as_array().unwrap().len()), (200, points), "{of}");
    }
    for (verifier, expected) in [("v9", 200), ("v1", 409), ("", 409)] {
        let mount = json!({ "recoveryPoint": "p9", "verifier": verifier });
        let answer = ask(&site, &token, ("POST", &format!("{id}/mounts")), mount).await;
        assert_eq!(answer.0, expected, "{answer:?}");
    }
}

#[tokio::test]
async fn an_interrupted_server_has_an_internal_error_until_it_is_back() {
    let site = Site::new(FIDELITIES[0], |world| {
        let host = "pod01-manag1.jpe.backup.windowsazure.com".into();
        let until = world.now + jiff::SignedDuration::from_mins(20);
        world.cloud.endpoints.get_mut(&host).unwrap().service_issue_until = Some(until);
    });
    let url = "https://pod01-manag1.jpe.backup.windowsazure.com/";
    let status = async || site.ask(Request::get(url.parse().unwrap())).await.0;
    assert_eq!(status().await, 500);
    site.running.wait(20 * 60 - 1);
    assert_eq!(status().await, 500);
    site.running.wait(1);
    assert_eq!(status().await, 404);
}

#[tokio::test]
async fn a_name_is_registered_once() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let (machine, token, id) = registered(&site).await;
    let (status, again) = register(&site, &token, &machine.der, "2.0.9169.0").await;
    assert_eq!((status, &again["machineId"]), (200, &json!(id)));
    let other = certificate("CB_srv01._1", 0, site.now());
    let answer = register(&site, &token, &other, "2.0.9169.0").await;
    assert_eq!(refusal(&answer), (409, "MachineAlreadyRegistered"));
    let delete = Request::delete(management(&format!("/registeredIdentities/{MACHINE}?")));
    assert_eq!(site.ask(bearer(delete, &user_token(&site).await)).await.0, 204);
    let (status, answer) = machine.assert(&site, &machine.claims(site.now())).await;
    assert_eq!((status, answer["error_codes"][0].as_u64()), (401, Some(700_027)));
    assert_eq!(register(&site, &token, &other, "2.0.9169.0").await.0, 200);
}

#[tokio::test]
async fn old_agents_are_not_served() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let client = credentials(&site, 0).await;
    let token = client.token(&site).await;
    let der = certificate("CB_srv01._1", 1, site.now());
    for (version, expected) in [
        ("2.0.9082.9", (400, "AgentVersionNotSupported")),
        ("1.9.9999.0", (400, "AgentVersionNotSupported")),
        ("x", (400, "BadRequest")),
        ("", (400, "BadRequest")),
        ("99999999999", (400, "BadRequest")),
        ("2.0.9083.0", (200, "")),
    ] {
        assert_eq!(refusal(&register(&site, &token, &der, version).await), expected, "{version}");
    }
    let answer = register(&site, &token, b"no certificate", "2.0.9169.0").await;
    assert_eq!(refusal(&answer), (400, "BadRequest"));
}

#[tokio::test]
async fn what_does_not_fit_the_registration() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let (_, token, id) = registered(&site).await;
    let at = |what: &str| format!("{id}/{what}");
    let key = |verifier: &str| json!({ "verifier": verifier });
    let job = |verifier: &str| json!({ "bytes": 1, "verifier": verifier, "machine": MACHINE });
    let renamed = json!({ "bytes": 1, "verifier": "v2", "machine": "srv07.contoso.example" });
    let steps: [(&str, String, Value, (u16, &str)); 9] = [
        ("POST", at("activate"), json!({}), (409, "KeyNotSet")),
        ("POST", at("jobs"), job(""), (409, "NotActivated")),
        ("PUT", at("key"), key(""), (400, "BadRequest")),
        ("PUT", at("key"), key("v1"), (200, "")),
        ("POST", at("jobs"), job("v1"), (409, "NotActivated")),
        ("POST", at("activate"), json!({}), (200, "")),
        // Nothing is encrypted yet, so that the passphrase can be changed.
        ("PUT", at("key"), key("v2"), (200, "")),
        ("POST", at("jobs"), job("v1"), (409, "KeyDiffers")),
        ("POST", at("jobs"), renamed, (404, "ResourceNotProvisioned")),
    ];
    let later = [
        ("PUT", at("key"), key("v1"), (409, "KeyDiffers")),
        ("PUT", at("key"), key("v2"), (200, "")),
        ("POST", at("mounts"), json!({ "recoveryPoint": "x" }), (404, "RecoveryPointNotFound")),
        ("POST", "another/activate".to_owned(), json!({}), (404, "MachineOfAnotherVault")),
        ("PUT", "another/key".to_owned(), key("v1"), (404, "MachineOfAnotherVault")),
    ];
    for (method, rest, body, expected) in steps {
        let answer = ask(&site, &token, (method, &rest), body.clone()).await;
        assert_eq!(refusal(&answer), expected, "{method} {rest} {body}");
    }
    back_up(&site, (&token, &id), "v2").await;
    for (method, rest, body, expected) in later {
        let answer = ask(&site, &token, (method, &rest), body.clone()).await;
        assert_eq!(refusal(&answer), expected, "{method} {rest} {body}");
    }
}

/// What is encrypted stays encrypted with the first passphrase, even where the machine's entry was deleted.
#[tokio::test]
async fn registering_anew_takes_the_first_passphrase() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let (_, token, id) = registered(&site).await;
    for (rest, body) in [("key", json!({ "verifier": "v1" })), ("activate", json!({}))] {
        let method = if rest == "key" { "PUT" } else { "POST" };
        let (status, answer) = ask(&site, &token, (method, &format!("{id}/{rest}")), body).await;
        assert!(status < 300, "{rest}: {answer}");
    }
    back_up(&site, (&token, &id), "v1").await;
    let delete = Request::delete(management(&format!("/registeredIdentities/{MACHINE}?")));
    assert_eq!(site.ask(bearer(delete, &user_token(&site).await)).await.0, 204);
    let (_, token, id) = registered(&site).await;
    let rest = format!("{id}/key");
    let other = ask(&site, &token, ("PUT", &rest), json!({ "verifier": "v2" })).await;
    assert_eq!(refusal(&other), (409, "KeyDiffers"));
    assert_eq!(ask(&site, &token, ("PUT", &rest), json!({ "verifier": "v1" })).await.0, 200);
}

#[tokio::test]
async fn tokens_are_for_one_vault_and_its_region() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let (_, token, id) = registered(&site).await;
        let west = format!(
            "https://pod01-manag1.jpw.backup.windowsazure.com/restapi/machines/{id}/recoverypoints"
        );
        let answer = site.ask(bearer(Request::get(west.parse().unwrap()), &token)).await;
        let wrong = (401, "InvalidAuthenticationTokenAudience");
        assert_eq!(refusal(&answer), wrong, "{fidelity:?}");
        let user = user_token(&site).await;
        let answer = ask(&site, &user, ("GET", &format!("{id}/recoverypoints")), json!(null)).await;
        assert_eq!(refusal(&answer), wrong, "{fidelity:?}");
        let answer = site.ask(request("GET", &format!("{id}/recoverypoints"), &json!(null))).await;
        assert_eq!(refusal(&answer), (401, "AuthenticationFailed"), "{fidelity:?}");
        for unknown in ["", "x/y", "x/y/z"] {
            assert_eq!(ask(&site, &token, ("GET", unknown), json!(null)).await.0, 404);
        }
        // A removed vault has no machines.
        let vault = Field::world().cloud().vaults().at(Name::new(base::VAULT));
        site.running.apply(&vault.removed()).unwrap();
        let answer =
            ask(&site, &token, ("GET", &format!("{id}/recoverypoints")), json!(null)).await;
        assert_eq!(refusal(&answer), wrong, "{fidelity:?}");
    }
}
