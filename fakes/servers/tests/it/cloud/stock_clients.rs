//! What stock clients send to the login service, and what they read.

mod assertions;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use marslab_model::Name;
use marslab_wire::http::Request;
use marslab_wire::jwt;
use serde_json::{Value, json};

use super::{bearer, form, management};
use crate::site::{FIDELITIES, Site};
use marslab_base as base;

const HOST: &str = "https://login.microsoftonline.com";
const ARM: &str = "https://management.azure.com/.default";
const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const PASSWORD: &str = "Lilacs-bloom-42";
const SECRET: &str = "Sc-plain-world-8f2b61";

fn client_id() -> String {
    base::APPLICATION.to_owned()
}

async fn post(site: &Site, path: &str, pairs: &[(&str, &str)]) -> (u16, Value) {
    site.ask(form(&format!("{HOST}/{path}"), pairs)).await
}

async fn get(site: &Site, path: &str) -> (u16, Value) {
    site.ask(Request::get(format!("{HOST}/{path}").parse().unwrap())).await
}

/// The form with one parameter changed, or without it.
fn with<'p>(
    pairs: &[(&'p str, &'p str)],
    name: &'p str,
    value: Option<&'p str>,
) -> Vec<(&'p str, &'p str)> {
    let others = pairs.iter().copied().filter(|(it, _)| *it != name);
    others.chain(value.map(|value| (name, value))).collect()
}

fn code(answer: &(u16, Value)) -> (u16, u64) {
    (answer.0, answer.1["error_codes"][0].as_u64().unwrap_or_default())
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[tokio::test]
async fn client_secrets() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let id = client_id();
        let fine = [
            ("grant_type", "client_credentials"),
            ("client_id", &id),
            ("client_secret", SECRET),
            ("scope", ARM),
        ];
        for tenant in [base::TENANT, "contoso.example", "CONTOSO.example"] {
            let answer = post(&site, &format!("{tenant}/oauth2/v2.0/token"), &fine).await;
            assert_eq!((answer.0, &answer.1["expires_in"]), (200, &json!(3599)), "{answer:?}");
            let token = text(&answer.1, "access_token");
            assert_eq!(site.ask(bearer(Request::get(management("?")), token)).await.0, 200);
        }
        let path = format!("{}/oauth2/v2.0/token", base::TENANT);
        for (name, value, expected) in [
            ("grant_type", None, (400, 900_144)),
            ("client_id", None, (400, 900_144)),
            ("scope", None, (400, 900_144)),
            ("client_secret", None, (401, 7_000_218)),
            ("client_secret", Some("wrong"), (401, 7_000_215)),
            ("client_id", Some("nobody"), (400, 700_016)),
            ("client_id", Some(AZURE_CLI), (401, 700_025)),
            ("scope", Some("https://management.azure.com/read"), (400, 1_002_012)),
            ("scope", Some("https://no.example/.default"), (400, 500_011)),
            ("grant_type", Some("implicit"), (400, 70_003)),
        ] {
            let answer = post(&site, &path, &with(&fine, name, value)).await;
            assert_eq!(code(&answer), expected, "{fidelity:?} {name} {value:?}: {}", answer.1);
        }
        let nobody = with(&with(&fine, "client_secret", None), "client_id", Some(AZURE_CLI));
        assert_eq!(code(&post(&site, &path, &nobody).await), (401, 7_000_218));
        let anywhere = post(&site, "common/oauth2/v2.0/token", &fine).await;
        assert_eq!(code(&anywhere), (400, 50_059));
    }
}

#[tokio::test]
async fn secrets_expire() {
    let site = Site::new(FIDELITIES[0], |world| {
        let tenant = world.cloud.tenants.get_mut(&Name::new(base::TENANT)).unwrap();
        let application = tenant.applications.get_mut(&Name::new(client_id())).unwrap();
        for (_, secret) in &mut application.secrets {
            secret.expires_at = world.now - SignedDuration::from_secs(1);
        }
    });
    let id = client_id();
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", SECRET),
        ("resource", "https://management.azure.com/"),
    ];
    let path = format!("{}/oauth2/token", base::TENANT);
    assert_eq!(code(&post(&site, &path, &pairs).await), (401, 7_000_222));
}

#[tokio::test]
async fn passwords() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let fine = [
            ("grant_type", "password"),
            ("client_id", AZURE_CLI),
            ("username", base::ADMIN_UPN),
            ("password", PASSWORD),
            ("client_info", "1"),
            ("scope", &format!("{ARM} offline_access openid profile")),
        ];
        for tenant in [base::TENANT, "organizations", "common"] {
            let (status, answer) = post(&site, &format!("{tenant}/oauth2/v2.0/token"), &fine).await;
            assert_eq!(status, 200, "{answer}");
            let claims = payload(text(&answer, "id_token"));
            assert_eq!(text(&claims, "preferred_username"), base::ADMIN_UPN);
            assert_eq!(text(&claims, "iss"), format!("{HOST}/{}/v2.0", base::TENANT));
            let info = URL_SAFE_NO_PAD.decode(text(&answer, "client_info")).unwrap();
            let info: Value = serde_json::from_slice(&info).unwrap();
            assert_eq!(
                (text(&info, "uid"), text(&info, "utid")),
                (text(&claims, "oid"), base::TENANT)
            );
        }
        let path = format!("{}/oauth2/v2.0/token", base::TENANT);
        let id = client_id();
        for (name, value, expected) in [
            ("password", Some("wrong"), (400, 50_126)),
            ("password", None, (400, 900_144)),
            ("username", Some("nobody@contoso.example"), (400, 50_034)),
            ("client_id", Some(id.as_str()), (401, 7_000_218)),
            ("scope", Some("a b!"), (400, 70_011)),
            ("scope", Some("https://a/b https://c/d"), (400, 28_000)),
        ] {
            let answer = post(&site, &path, &with(&fine, name, value)).await;
            assert_eq!(code(&answer), expected, "{fidelity:?} {name} {value:?}: {}", answer.1);
        }
    }
}

#[tokio::test]
async fn refresh_tokens() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let path = format!("{}/oauth2/v2.0/token", base::TENANT);
        let fine = [
            ("grant_type", "password"),
            ("client_id", AZURE_CLI),
            ("username", base::ADMIN_UPN),
            ("password", PASSWORD),
            ("scope", &format!("{ARM} offline_access")),
        ];
        let (_, answer) = post(&site, &path, &fine).await;
        let refresh = [
            ("grant_type", "refresh_token"),
            ("client_id", AZURE_CLI),
            ("refresh_token", text(&answer, "refresh_token")),
            ("scope", ARM),
        ];
        let (status, again) = post(&site, &path, &refresh).await;
        assert_eq!((status, &again["token_type"]), (200, &json!("Bearer")), "{again}");
        let access = text(&again, "access_token");
        for (name, value) in
            [("refresh_token", access), ("client_id", "1950a258-227b-4e31-a9cf-717495945fc2")]
        {
            let answer = post(&site, &path, &with(&refresh, name, Some(value))).await;
            assert_eq!(code(&answer), (400, 9_002_313), "{name}");
        }
        site.running.wait(91 * 24 * 3_600);
        assert_eq!(code(&post(&site, &path, &refresh).await), (400, 700_082));
    }
}

#[tokio::test]
async fn device_codes_stay_pending_until_they_expire() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let id = client_id();
    for (version, scope, code_name, grant, expired) in [
        (
            "/v2.0",
            ("scope", ARM),
            "device_code",
            "urn:ietf:params:oauth:grant-type:device_code",
            "expired_token",
        ),
        ("", ("resource", "https://management.azure.com/"), "code", "device_code", "code_expired"),
    ] {
        let path = |what: &str| format!("{}/oauth2{version}/{what}", base::TENANT);
        let begin = [("client_id", AZURE_CLI), scope];
        let (status, begun) = post(&site, &path("devicecode"), &begin).await;
        assert_eq!(status, 200, "{begun}");
        assert!(text(&begun, "message").contains(text(&begun, "user_code")));
        let poll = [
            ("grant_type", grant),
            ("client_id", AZURE_CLI),
            (code_name, text(&begun, "device_code")),
        ];
        let answer = post(&site, &path("token"), &poll).await;
        assert_eq!(
            (code(&answer), text(&answer.1, "error")),
            ((400, 70_016), "authorization_pending")
        );
        let other = post(&site, &path("token"), &with(&poll, code_name, Some("x"))).await;
        assert_eq!(text(&other.1, "error"), "bad_verification_code");
        let confidential = post(&site, &path("token"), &with(&poll, "client_id", Some(&id))).await;
        assert_eq!(code(&confidential), (401, 7_000_218));
        site.running.wait(901);
        let answer = post(&site, &path("token"), &poll).await;
        assert_eq!((code(&answer), text(&answer.1, "error")), ((400, 70_020), expired));
        let unknown = post(&site, &path("devicecode"), &with(&begin, "client_id", Some("x"))).await;
        assert_eq!(code(&unknown), (400, 700_016));
    }
}

/// A token's payload.
fn payload(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Where programs from outside may look, anybody can check a token with the published key.
#[tokio::test]
async fn tokens_are_signed_with_the_published_key() {
    let site = Site::new(*FIDELITIES.last().unwrap(), |_| {});
    let token = super::user_token(&site).await;
    for path in ["discovery/keys", "common/discovery/v2.0/keys"] {
        let (status, keys) = get(&site, path).await;
        assert_eq!(status, 200);
        let der = STANDARD.decode(keys["keys"][0]["x5c"][0].as_str().unwrap()).unwrap();
        jwt::verify(&token, &der).unwrap();
    }
    let claims = payload(&token);
    assert_eq!(text(&claims, "iss"), format!("https://sts.windows.net/{}/", base::TENANT));
    assert_eq!(text(&claims, "upn"), base::ADMIN_UPN);
}

#[tokio::test]
async fn configurations() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let tenant = base::TENANT;
        for (path, issuer, endpoint) in [
            (
                format!("{tenant}/v2.0"),
                format!("{HOST}/{tenant}/v2.0"),
                format!("{HOST}/{tenant}/oauth2/v2.0/token"),
            ),
            (
                "contoso.example/v2.0".into(),
                format!("{HOST}/{tenant}/v2.0"),
                format!("{HOST}/{tenant}/oauth2/v2.0/token"),
            ),
            (
                "common/v2.0".into(),
                format!("{HOST}/{{tenantid}}/v2.0"),
                format!("{HOST}/common/oauth2/v2.0/token"),
            ),
            (
                tenant.into(),
                format!("https://sts.windows.net/{tenant}/"),
                format!("{HOST}/{tenant}/oauth2/token"),
            ),
        ] {
            let (status, found) =
                get(&site, &format!("{path}/.well-known/openid-configuration")).await;
            assert_eq!(
                (status, text(&found, "issuer"), text(&found, "token_endpoint")),
                (200, issuer.as_str(), endpoint.as_str()),
                "{fidelity:?} {path}"
            );
        }
        for unknown in ["no.example", "nowhere"] {
            let answer =
                get(&site, &format!("{unknown}/v2.0/.well-known/openid-configuration")).await;
            assert_eq!(
                (code(&answer), text(&answer.1, "error")),
                ((400, 90_002), "invalid_tenant")
            );
        }
    }
}

#[tokio::test]
async fn realms_and_instances() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        for (user, kind) in
            [(base::ADMIN_UPN, "Managed"), ("a@no.example", "Unknown"), ("x", "Unknown")]
        {
            let (_, found) = get(&site, &format!("common/UserRealm/{user}?api-version=1.0")).await;
            assert_eq!(text(&found, "account_type"), kind, "{user}");
        }
        let endpoint =
            "authorization_endpoint=https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
        let (_, found) =
            get(&site, &format!("common/discovery/instance?api-version=1.1&{endpoint}")).await;
        let expected = format!("{HOST}/common/v2.0/.well-known/openid-configuration");
        assert_eq!(text(&found, "tenant_discovery_endpoint"), expected);
        assert_eq!(found["metadata"][0]["preferred_cache"], "login.windows.net");
        assert_eq!(found["metadata"][2]["preferred_cache"], "login.microsoftonline.us");
    }
}

/// Neither what was sent nor what was given.
#[tokio::test]
async fn the_journal_holds_no_credentials() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let id = client_id();
    let path = format!("{}/oauth2/v2.0/token", base::TENANT);
    let user = [
        ("grant_type", "password"),
        ("client_id", AZURE_CLI),
        ("username", base::ADMIN_UPN),
        ("password", PASSWORD),
        ("scope", &format!("{ARM} offline_access openid")),
    ];
    let secret = [
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", SECRET),
        ("scope", ARM),
    ];
    let device = [("client_id", AZURE_CLI), ("scope", ARM)];
    let mut secrets = vec![PASSWORD.to_owned(), SECRET.to_owned(), "wrong-one".to_owned()];
    for (path, pairs) in [
        (path.as_str(), user.to_vec()),
        (&path, secret.to_vec()),
        (&path, with(&user, "password", Some("wrong-one"))),
        (&path, with(&secret, "client_secret", Some("wrong-one"))),
        (&format!("{}/oauth2/v2.0/devicecode", base::TENANT), device.to_vec()),
    ] {
        let (_, answer) = post(&site, path, &pairs).await;
        let given = ["access_token", "refresh_token", "id_token", "device_code", "user_code"];
        secrets.extend(given.iter().filter_map(|name| Some(answer[*name].as_str()?.to_owned())));
    }
    assert_eq!(secrets.len(), 3 + 3 + 1 + 2);
    let said = format!("{:?}", site.running.journal().take());
    assert!(said.contains("AADSTS50126") && said.contains("AADSTS7000215"), "{said}");
    for secret in secrets {
        assert!(!said.contains(&secret), "{secret}: {said}");
    }
}
