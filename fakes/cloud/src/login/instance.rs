//! Instance discovery: whether a login service is authentic.
//!
//! Requests and answers are those of ADAL (`api-version` 1.0) and MSAL (1.1). Which services are known is the lab's own:
//! those that the world has. The refusal of an unknown one is from memory.

use http::StatusCode;
use marslab_model::HostName;
use marslab_model::world::Role;
use marslab_wire::http::Url;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Result<Reply, Refusal> {
    let unknown = || Refusal::new("invalid_instance", 50_049, "Unknown or invalid instance.");
    let endpoint = request.query("authorization_endpoint");
    let endpoint = endpoint.and_then(|endpoint| endpoint.parse::<Url>().ok());
    let known = endpoint.filter(|url| is_login(request, &HostName::new(url.host.to_string())));
    let url = known.ok_or_else(unknown)?;
    let mut parts = url.path.split('/').filter(|part| !part.is_empty());
    let tenant = parts.next().ok_or_else(unknown)?;
    let version = if parts.any(|part| part == "v2.0") { "/v2.0" } else { "" };
    let authority = url.authority();
    let found = format!("https://{authority}/{tenant}{version}/.well-known/openid-configuration");
    let body = if request.query("api-version").as_deref() == Some(WITH_METADATA) {
        let metadata: Vec<Value> = CLOUDS.iter().map(|names| metadata(names)).collect();
        json!({ "tenant_discovery_endpoint": found, "api-version": WITH_METADATA, "metadata": metadata })
    } else {
        json!({ "tenant_discovery_endpoint": found })
    };
    Ok(Reply::json(StatusCode::OK, &body).shown())
}

/// Whether the world has a login service of that name.
pub(super) fn is_login(request: &CloudRequest<'_>, host: &HostName) -> bool {
    let role =
        request.running().look(|world| Some(*world.cloud().endpoints().at(host)?.role().get()));
    matches!(role, Some(Role::Login | Role::Discovery))
}

fn metadata(names: &[&str]) -> Value {
    // In the public cloud, tokens are kept under the name of old.
    let cache = names.get(1).filter(|_| names.len() > 2).or_else(|| names.first());
    json!({ "preferred_network": names.first(), "preferred_cache": cache, "aliases": names })
}

const WITH_METADATA: &str = "1.1";

/// The names of each of Microsoft's clouds, the preferred one first (MSAL's `authority.py`).
const CLOUDS: [&[&str]; 4] = [
    &["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
    &["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
    &["login.microsoftonline.us", "login.usgovcloudapi.net"],
    &["login-us.microsoftonline.com"],
];
