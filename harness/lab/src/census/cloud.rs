//! What the cloud answers to the machine's users and to its credentials files.
//!
//! Everything is asked over the first way that leads there, and tokens are thrown away. Signing in and the vault's own
//! service are spoken to as ARCHITECTURE.md has them; no public source shows either †.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::host::Account;
use marslab_model::world::RegValue;
use marslab_model::{HostLook, KeyPath, Name, WinPath};
use marslab_wire::http::{HttpError, Request, Response, Route, Url};
use marslab_wire::{jwt, pkcs12, x509};
use serde_json::Value;

use super::names::Vault;
use super::network::ask;
use super::proxies::routes;
use super::{Census, Names, Sense, note};

/// Asks as every user who is signed in at the portal, and with every credentials file.
pub(super) async fn look(
    host: &dyn HostLook,
    names: &Names,
    files: &[(WinPath, String)],
    census: &mut Census,
) {
    let route = way(host, names, MANAGEMENT).await;
    for user in host.users() {
        let kept = host.portal_session(&user);
        if let Some(token) = kept {
            let known = read(host, "/subscriptions", &token, route.clone()).await;
            note(census, &format!("/subscriptions in the session of {user}"), &known);
        }
        let Some(token) = sign_in(host, names, &user).await else { continue };
        for path in questions(names) {
            let seen = read(host, &path, &token, route.clone()).await;
            note(census, &format!("{} as {user}", short(&path)), &seen);
        }
    }
    let route = way(host, names, LOGIN).await;
    for file in files {
        credentials(host, file, route.clone(), census).await;
    }
}

/// A token for the resource manager: the user signs in anew.
async fn sign_in(host: &dyn HostLook, names: &Names, user: &Name) -> Option<String> {
    let upn = host.account(user)?.upn;
    let route = way(host, names, SIGN_IN).await;
    for tenant in &names.tenants {
        let form = format!("grant_type=sso&username={upn}&resource={MANAGEMENT}/");
        let url = format!("{SIGN_IN}{tenant}/oauth2/token").parse().ok()?;
        let answer = ask(host, &Request::post(url, FORM, form), route.clone()).await;
        let token = answer.ok().and_then(|answer| token(&answer));
        if token.is_some() {
            return token;
        }
    }
    None
}

async fn read(
    host: &dyn HostLook,
    path: &str,
    token: &str,
    route: Option<Route>,
) -> Result<Response, HttpError> {
    let url = format!("{MANAGEMENT}{path}?{API}").parse();
    let url = url.map_err(|_no_url| HttpError::Closed)?;
    let bearer = format!("Bearer {token}");
    ask(host, &Request::get(url).with_header("Authorization", &bearer), route).await
}

/// A path without what every vault's begins with.
fn short(path: &str) -> String {
    let (_, rest) = path.split_once("/vaults/").unwrap_or(("", path));
    rest.replacen("/providers/Microsoft.Authorization/", "/", 1)
}

fn questions(names: &Names) -> Vec<String> {
    let subscriptions = names.vaults.iter().map(|vault| &vault.subscription);
    let mut paths = vec!["/subscriptions".to_owned()];
    paths.extend(subscriptions.map(|id| format!("/subscriptions/{id}")));
    for Vault { subscription, group, name } in &names.vaults {
        let vault = format!(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{name}"
        );
        let parts = [
            "",
            "/usages",
            "/backupProtectionContainers",
            "/providers/Microsoft.Authorization/permissions",
        ];
        paths.extend(parts.iter().map(|part| format!("{vault}{part}")));
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The first way on which a server answers for itself.
async fn way(host: &dyn HostLook, names: &Names, to: &str) -> Option<Route> {
    let url = to.parse::<Url>().ok()?;
    let through = names.proxies.iter().flat_map(|proxy| routes(host, proxy)).map(Some);
    for route in [None].into_iter().chain(through) {
        if ask(host, &Request::get(url.clone()), route.clone()).await.is_ok() {
            return route;
        }
    }
    None
}

/// Notes the status and each part of a JSON body, less what is drawn anew for each answer.
fn note(census: &mut Census, asked: &str, answer: &Result<Response, HttpError>) {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return census.note(Sense::Cloud, asked, error.to_string()),
    };
    census.note(Sense::Cloud, asked, answer.status.to_string());
    let Ok(Value::Object(fields)) = answer.json::<Value>() else { return };
    for (key, value) in fields.iter().filter(|(key, _)| !DRAWN.contains(&key.as_str())) {
        let value = match value {
            // Ids and the time stand behind the first line.
            Value::String(text) => Value::from(text.lines().next().unwrap_or_default()),
            value => value.clone(),
        };
        note::leaves(census, Sense::Cloud, &format!("{asked} {key}"), &value);
    }
}

/// What stands in a credentials file, and whether the login service knows its certificate (mars-facts 3.2, 4.5).
async fn credentials(
    host: &dyn HostLook,
    (path, text): &(WinPath, String),
    route: Option<Route>,
    census: &mut Census,
) {
    let elements = elements(text);
    for (name, text) in elements.iter().filter(|(name, _)| **name != CERTIFICATE) {
        census.note(Sense::Files, format!("{path} {name}"), note::text(text));
    }
    let Some(bundle) = bundle(&elements) else {
        return census.note(Sense::Files, format!("{path} {CERTIFICATE}"), "cannot be read");
    };
    if let Ok(facts) = x509::facts(&bundle.certificate) {
        let left = facts.not_after.duration_since(host.now()).as_hours();
        census.note(
            Sense::Files,
            format!("{path} hours until its certificate ends"),
            left.to_string(),
        );
    }
    let Some(request) = token_request(host, &elements, &bundle) else { return };
    let answer = ask(host, &request, route.clone()).await;
    note(census, &format!("a token for {path}"), &answer);
    if let Some(token) = answer.ok().and_then(|answer| token(&answer)) {
        recovery_points(host, &elements, &token, route, census).await;
    }
}

/// What the vault's own service tells of what the machine has backed up, under its name and under its id.
async fn recovery_points(
    host: &dyn HostLook,
    elements: &BTreeMap<&str, &str>,
    token: &str,
    route: Option<Route>,
    census: &mut Census,
) {
    let (key, name) = (KeyPath::new(CONFIG_KEY), Name::new("MachineId"));
    let id = match host.registry_value(&Account::System, &key, &name) {
        Some(RegValue::Text(id)) => id,
        _ => "none".to_owned(),
    };
    let service = elements.get("IdMgmtRestEndpoint").copied().unwrap_or_default();
    for of in [String::new(), format!("?of={}", host.full_name())] {
        let Ok(url) = format!("{service}machines/{id}/recoverypoints{of}").parse() else { return };
        let bearer = format!("Bearer {token}");
        let request = Request::get(url).with_header("Authorization", &bearer);
        let answer = ask(host, &request, route.clone()).await;
        note(census, &format!("recovery points{of}"), &answer);
    }
}

/// The token of an answer that grants one.
fn token(answer: &Response) -> Option<String> {
    match answer.json::<Value>().ok()?.get("access_token")? {
        Value::String(token) => Some(token.clone()),
        _ => None,
    }
}

/// The elements of a document that have nothing but text in them.
fn elements(document: &str) -> BTreeMap<&str, &str> {
    let tags = document.split('<').filter_map(|tag| tag.split_once('>'));
    let texts = tags.map(|(name, text)| (name.split(' ').next().unwrap_or(name), text.trim()));
    texts.filter(|(name, text)| !name.starts_with('/') && !text.is_empty()).collect()
}

fn bundle(elements: &BTreeMap<&str, &str>) -> Option<pkcs12::Bundle> {
    let packed: String = elements.get(CERTIFICATE)?.split_whitespace().collect();
    pkcs12::read(&STANDARD.decode(packed).ok()?, "").ok()
}

/// Asks for a token as the agent does when it registers, by the machine's clock.
fn token_request(
    host: &dyn HostLook,
    elements: &BTreeMap<&str, &str>,
    bundle: &pkcs12::Bundle,
) -> Option<Request> {
    let element = |name| elements.get(name).copied();
    let authority = element("AadAuthority")?.trim_end_matches('/');
    let endpoint = format!("{authority}/{}/oauth2/token", element("AadTenantId")?);
    let client = element("ServicePrincipalClientId")?;
    let now = host.now().as_second();
    let claims = jwt::Claims {
        aud: endpoint.clone(),
        exp: now + ASSERTION_SECONDS,
        iss: client.to_owned(),
        jti: "census".to_owned(),
        nbf: now,
        sub: client.to_owned(),
    };
    let x5t = x509::fingerprint(&bundle.certificate);
    let assertion = jwt::sign_rs256(&claims, &x5t, &bundle.key).ok()?;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("resource", element("AadAudience")?),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", &assertion),
    ];
    let form = form.map(|(name, value)| format!("{name}={value}")).join("&");
    Some(Request::post(endpoint.parse().ok()?, FORM, form))
}

const MANAGEMENT: &str = "https://management.azure.com";
const SIGN_IN: &str = "https://login.microsoftonline.com/";
const LOGIN: &str = "https://login.windows.net/";
const FORM: &str = "application/x-www-form-urlencoded";
const API: &str = "api-version=2016-06-01";
/// Where the agent keeps the id that the machine was given (mars-facts 5.2).
const CONFIG_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
/// Where a credentials file has its certificate and key (mars-facts 3.5).
const CERTIFICATE: &str = "ManagementCert";
/// How long an assertion is good (mars-facts 4.5).
const ASSERTION_SECONDS: i64 = 600;
/// What is drawn anew for each answer.
const DRAWN: [&str; 5] = ["access_token", "timestamp", "trace_id", "correlation_id", "error_codes"];
