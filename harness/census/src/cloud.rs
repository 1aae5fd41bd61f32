//! What the cloud answers to the machine's users (mars-facts 4.1 to 4.4).
//!
//! Everything is asked over the first way that leads there, and tokens are thrown away. How a user signs in is the lab's
//! own † (fakes/README.md, requests to the cloud).

use marslab_model::{HostRead, Name};
use marslab_wire::http::{HttpError, Request, Response, Route, Url};
use serde_json::Value;

use super::names::Vault;
use super::network::ask;
use super::proxies::routes;
use super::{Aspect, Census, Names, note};

/// Asks as every user: in the session that is kept, and signed in anew.
pub(super) async fn look(host: &dyn HostRead, names: &Names, census: &mut Census) {
    let route = way(host, names, MANAGEMENT).await;
    for user in host.users().unwrap_or_default() {
        let kept = host.portal_session(&user).ok().flatten();
        if let Some(token) = kept {
            let known = read(host, "/subscriptions", &token, route.clone()).await;
            answered(census, &format!("/subscriptions in the session of {user}"), &known);
        }
        let Some(token) = sign_in(host, names, &user).await else { continue };
        for path in questions(names) {
            let seen = read(host, &path, &token, route.clone()).await;
            answered(census, &format!("{} as {user}", short(&path)), &seen);
        }
    }
}

/// A token for the resource manager: the user signs in anew.
async fn sign_in(host: &dyn HostRead, names: &Names, user: &Name) -> Option<String> {
    let upn = host.account(user).ok()??.upn;
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
    host: &dyn HostRead,
    path: &str,
    token: &str,
    route: Option<Route>,
) -> Result<Response, HttpError> {
    // Each provider has versions of its own.
    let version =
        if path.contains("/Microsoft.Authorization/") { "2015-07-01" } else { "2016-06-01" };
    let url = format!("{MANAGEMENT}{path}?api-version={version}").parse();
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
pub(super) async fn way(host: &dyn HostRead, names: &Names, to: &str) -> Option<Route> {
    let url = to.parse::<Url>().ok()?;
    let through = names.proxies.iter().flat_map(|proxy| routes(host, proxy)).map(Some);
    for route in [None].into_iter().chain(through) {
        if ask(host, &Request::get(url.clone()), route.clone()).await.is_ok() {
            return route;
        }
    }
    None
}

/// The token of an answer that grants one.
pub(super) fn token(answer: &Response) -> Option<String> {
    match answer.json::<Value>().ok()?.get("access_token")? {
        Value::String(token) => Some(token.clone()),
        _ => None,
    }
}

/// Notes the status and each part of a JSON body, less what is drawn anew for each answer.
pub(super) fn answered(census: &mut Census, asked: &str, answer: &Result<Response, HttpError>) {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return census.note(Aspect::Cloud, asked, error.to_string()),
    };
    census.note(Aspect::Cloud, asked, answer.status.to_string());
    let Ok(Value::Object(fields)) = answer.json::<Value>() else { return };
    for (key, value) in fields.iter().filter(|(key, _)| !DRAWN.contains(&key.as_str())) {
        let value = match value {
            // Ids and the time follow the first line.
            Value::String(text) => Value::from(text.lines().next().unwrap_or_default()),
            value => value.clone(),
        };
        note::leaves(census, Aspect::Cloud, &format!("{asked} {key}"), &value);
    }
}

/// The resource manager (mars-facts 4.1).
const MANAGEMENT: &str = "https://management.azure.com";
/// Where users sign in.
const SIGN_IN: &str = "https://login.microsoftonline.com/";
/// The content type of a form.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
/// What is drawn anew for each answer.
const DRAWN: [&str; 5] = ["access_token", "timestamp", "trace_id", "correlation_id", "error_codes"];
