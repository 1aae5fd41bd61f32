//! What clients learn about an issuer: its endpoints and keys (OpenID Connect Discovery 1.0, RFC 7517, RFC 8414).
//!
//! Members beside those of the standards are as the real documents have them, from memory.

use http::StatusCode;
use marslab_model::HostName;
use serde_json::json;

use super::refusal::Refusal;
use super::tenant::{Authority, not_found};
use super::version::Version;
use crate::reply::Reply;
use crate::request::CloudRequest;
use crate::token::issuer;

/// The configuration of a tenant. It names the tenant by id, however it was asked for.
pub(super) fn configuration(
    request: &CloudRequest<'_>,
    tenant: &str,
    version: Version,
) -> Result<Reply, Refusal> {
    // Here any name may be one, `secrets`, too (james-gould/azure-keyvault-emulator 324; Azure/azure-cli 22145).
    let authority =
        Authority::of(request, tenant).map_err(|_unknown| not_found("invalid_tenant", tenant))?;
    let (path, id) = match &authority {
        Authority::Tenant(id) => (id.as_str(), id.as_str()),
        Authority::Any => (tenant, "{tenantid}"),
    };
    let base = format!("https://{}/{path}", request.host);
    let (oauth, keys) = match version {
        Version::V1 => (format!("{base}/oauth2"), "discovery/keys"),
        Version::V2 => (format!("{base}/oauth2/v2.0"), "discovery/v2.0/keys"),
    };
    let body = json!({
        "token_endpoint": format!("{oauth}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "jwks_uri": format!("{base}/{keys}"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer_of(request.host, id, version),
        "request_uri_parameter_supported": false,
        "authorization_endpoint": format!("{oauth}/authorize"),
        "device_authorization_endpoint": format!("{oauth}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{oauth}/logout"),
        "claims_supported": CLAIMS,
        "cloud_instance_name": instance_name(request.host),
    });
    Ok(Reply::json(StatusCode::OK, &body).shown())
}

/// The keys with which its tokens are signed.
pub(super) fn keys(request: &CloudRequest<'_>) -> Reply {
    match request.cloud.tokens.jwk() {
        Some(key) => Reply::json(StatusCode::OK, &json!({ "keys": [key] })).shown(),
        None => Reply::internal(),
    }
}

/// Who issues the tokens of an endpoint.
pub(super) fn issuer_of(host: &HostName, tenant: &str, version: Version) -> String {
    match version {
        Version::V1 => issuer(host, tenant),
        Version::V2 => {
            let host = preferred(host);
            format!("https://{host}/{tenant}{}", version.part())
        }
    }
}

/// The service's present name: of the public cloud, whichever it was asked by.
fn preferred(host: &HostName) -> &str {
    if host.as_str().eq_ignore_ascii_case(OLD_NAME) { NEW_NAME } else { host.as_str() }
}

/// The cloud, by the domain of its login service.
pub(super) fn instance_name(host: &HostName) -> &str {
    preferred(host).split_once('.').map_or("", |(_, domain)| domain)
}

const OLD_NAME: &str = "login.windows.net";
const NEW_NAME: &str = "login.microsoftonline.com";

const CLAIMS: [&str; 18] = [
    "sub",
    "iss",
    "cloud_instance_name",
    "cloud_instance_host_name",
    "cloud_graph_host_name",
    "msgraph_host",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "acr",
    "nonce",
    "preferred_username",
    "name",
    "tid",
    "ver",
    "at_hash",
    "email",
];
