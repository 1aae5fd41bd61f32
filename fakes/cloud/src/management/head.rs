//! What stands in the head of every answer of the resource manager.
//!
//! Names, order and values are those of recorded answers (mars-facts 4.3; azure-powershell issue 9709). The lab holds nobody to
//! the limits of requests, so what remains of them is what the first request of an hour leaves: the limits are those of 2019.

use http::StatusCode;
use http::header::{CACHE_CONTROL, EXPIRES, HeaderName, PRAGMA, WWW_AUTHENTICATE};
use http::header::{STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use marslab_model::Name;

use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn complete(request: &CloudRequest<'_>, reply: Reply) -> Reply {
    let correlation = request.header(CORRELATION.as_str()).filter(|id| id.len() <= ID_BYTES_MAX);
    let correlation = correlation.unwrap_or(&request.id).to_owned();
    let at = request.running().stamp().strftime("%Y%m%dT%H%M%SZ");
    let region = request.running().look(|world| {
        let subscription = Name::new(request.segments().get(1).copied().unwrap_or_default());
        let mut vaults = world.cloud().vaults().each();
        let near = vaults.find(|(_, it)| *it.clone().subscription().get() == subscription);
        near.map(|(_, vault)| vault.location().get().to_uppercase())
    });
    let region = region.unwrap_or_else(|| "WESTUS".to_owned());
    let reply = if reply.status() == StatusCode::UNAUTHORIZED {
        reply.with(WWW_AUTHENTICATE, challenge(request))
    } else {
        reply
    };
    let (limit, left) = match request.method().as_str() {
        "GET" | "HEAD" => (REMAINING_READS, "11999"),
        "DELETE" => (REMAINING_DELETES, "14999"),
        _ => (REMAINING_WRITES, "1199"),
    };
    reply
        .with(CACHE_CONTROL, "no-cache")
        .with(PRAGMA, "no-cache")
        .with(EXPIRES, "-1")
        .with(limit, left)
        .with(ROUTING, format!("{region}:{at}:{correlation}"))
        .with(CORRELATION, correlation)
        .with(STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains")
        .with(X_CONTENT_TYPE_OPTIONS, "nosniff")
}

/// Where tokens are issued: at the login service, for the subscription's tenant. From memory.
fn challenge(request: &CloudRequest<'_>) -> String {
    let (login, tenant) = request.running().look(|world| {
        let cloud = marslab_base::azure::AzureCloud::of_management(request.host);
        let subscription = Name::new(request.segments().get(1).copied().unwrap_or_default());
        let subscription = world.cloud().subscriptions().at(&subscription);
        (cloud.login, subscription.map(|it| it.tenant().get().to_string()))
    });
    let tenant = tenant.unwrap_or_else(|| "common".to_owned());
    let why = match request.header("authorization") {
        None => "The authentication failed because of missing 'Authorization' header.",
        Some(_) => "The access token is invalid.",
    };
    format!(
        "Bearer authorization_uri=\"https://{login}/{tenant}\", error=\"invalid_token\", error_description=\"{why}\""
    )
}

/// As long as an id, with room.
const ID_BYTES_MAX: usize = 64;

const CORRELATION: HeaderName = HeaderName::from_static("x-ms-correlation-request-id");
const ROUTING: HeaderName = HeaderName::from_static("x-ms-routing-request-id");
const REMAINING_READS: HeaderName =
    HeaderName::from_static("x-ms-ratelimit-remaining-subscription-reads");
const REMAINING_WRITES: HeaderName =
    HeaderName::from_static("x-ms-ratelimit-remaining-subscription-writes");
const REMAINING_DELETES: HeaderName =
    HeaderName::from_static("x-ms-ratelimit-remaining-subscription-deletes");
