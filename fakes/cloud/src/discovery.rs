//! Instance discovery: whether a login service is authentic. The same server signs users in.
//!
//! The request is that of the client library of the time (mars-facts 4.5); the refusal of an unknown service is from
//! memory, and which services are known is the lab's own: those that the world has.

use http::{Method, StatusCode};
use marslab_model::HostName;
use marslab_model::world::Role;
use marslab_wire::http::Url;
use serde_json::json;

use super::login;
use super::reply::Reply;
use super::request::CloudRequest;
use super::sign_in::{self, Refusal};

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    match (request.method(), request.segments().as_slice()) {
        (&Method::GET, ["common", "discovery", "instance"]) => instance(request),
        (&Method::POST, [tenant, "oauth2", "token"]) => {
            token(request, tenant).unwrap_or_else(|refusal| refusal.reply(request))
        }
        _ => Reply::not_found(),
    }
}

/// A user's token, or an application's: in some clouds there is one host for both.
fn token(request: &CloudRequest<'_>, tenant: &str) -> Result<Reply, Refusal> {
    match request.form().get("grant_type") {
        Some("client_credentials") => login::token(request, tenant),
        _ => sign_in::user(request, tenant),
    }
}

fn instance(request: &CloudRequest<'_>) -> Reply {
    let endpoint = request.query("authorization_endpoint");
    let endpoint = endpoint.and_then(|endpoint| endpoint.parse::<Url>().ok());
    let known = endpoint.filter(|url| is_login(request, &HostName::new(url.host.to_string())));
    let tenant = known.as_ref().and_then(|url| {
        let tenant = url.path.split('/').find(|part| !part.is_empty())?;
        Some((url.authority(), tenant))
    });
    let Some((authority, tenant)) = tenant else {
        return Refusal::new("invalid_instance", 50_049, "Unknown or invalid instance.")
            .reply(request);
    };
    let found = format!("https://{authority}/{tenant}/.well-known/openid-configuration");
    Reply::json(StatusCode::OK, &json!({ "tenant_discovery_endpoint": found }))
}

fn is_login(request: &CloudRequest<'_>, host: &HostName) -> bool {
    let role =
        request.running().look(|world| Some(*world.cloud().endpoints().at(host)?.role().get()));
    matches!(role, Some(Role::Login | Role::Discovery))
}
