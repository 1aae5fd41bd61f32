//! The resource manager: vaults, and the certificates with which machines register (mars-facts 4.1 to 4.4).

mod access;
mod certificates;
mod subscriptions;
mod vaults;

use http::StatusCode;
use marslab_base::azure::{AzureCloud, CHINA, US_GOVERNMENT};

use super::reply::Reply;
use super::request::CloudRequest;
use access::{Action, Scope};

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    reply(request).unwrap_or_else(|refusal| refusal)
}

/// Whether a token for this resource is one for the resource manager (mars-facts 4.4), of whichever cloud.
pub(super) fn is_audience(resource: &str) -> bool {
    let host = resource.trim_end_matches('/').strip_prefix("https://");
    let is_of = |cloud: &AzureCloud| host == Some(cloud.management);
    AUDIENCES.contains(&resource) || [US_GOVERNMENT, CHINA].iter().any(is_of)
}

fn reply(request: &CloudRequest<'_>) -> Result<Reply, Reply> {
    let segments = request.segments();
    if let Some(listed) = listed(request, &segments) {
        return listed;
    }
    let Some((scope, rest)) = Scope::of(&segments) else { return Ok(Reply::not_found()) };
    let (action, act): (_, fn(&CloudRequest<'_>, &Scope<'_>, &str) -> _) =
        match (request.method().as_str(), rest) {
            ("GET", []) => (Action::READ, vaults::show),
            ("GET", [what]) if is(what, "usages") => (Action::READ_USAGES, vaults::usages),
            ("GET", [what]) if is(what, "backupProtectionContainers") => {
                (Action::READ_CONTAINERS, vaults::containers)
            }
            ("PUT", [what, _]) if is(what, "certificates") => {
                (Action::WRITE_CERTIFICATE, certificates::put)
            }
            ("DELETE", [what, _]) if is(what, "registeredIdentities") => {
                (Action::UNREGISTER, vaults::unregister)
            }
            _ => return Ok(Reply::not_found()),
        };
    if request.query("api-version").is_none() {
        // From memory.
        let message =
            "The api-version query parameter (?api-version=) is required for all requests.";
        return Err(Reply::error(StatusCode::BAD_REQUEST, "MissingApiVersionParameter", message));
    }
    access::check(request, &scope, action)?;
    act(request, &scope, rest.last().copied().unwrap_or(""))
}

/// What belongs to no one vault; everybody may ask, and is shown what is their own.
fn listed(request: &CloudRequest<'_>, segments: &[&str]) -> Option<Result<Reply, Reply>> {
    if request.method().as_str() != "GET" {
        return None;
    }
    match segments {
        [a] if is(a, "subscriptions") => Some(subscriptions::list(request)),
        [a, id] if is(a, "subscriptions") => Some(subscriptions::show(request, id)),
        [a, id, b, c, d]
            if is(a, "subscriptions")
                && is(b, "providers")
                && is(c, "Microsoft.RecoveryServices")
                && is(d, "vaults") =>
        {
            Some(subscriptions::vaults(request, id))
        }
        [a, id, .., b, c, d]
            if is(a, "subscriptions")
                && is(b, "providers")
                && is(c, "Microsoft.Authorization")
                && is(d, "permissions") =>
        {
            Some(subscriptions::permissions(request, id))
        }
        _ => None,
    }
}

fn is(segment: &str, expected: &str) -> bool {
    segment.eq_ignore_ascii_case(expected)
}

const AUDIENCES: [&str; 4] = [
    "https://management.core.windows.net/",
    "https://management.core.windows.net",
    "https://management.azure.com/",
    "https://management.azure.com",
];
