//! The user realm: who signs a user in. The answers are those that MSAL and ADAL read; their values are from memory.

use http::StatusCode;
use serde_json::json;

use super::tenant::{by_domain, domain_of};
use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>, user: &str) -> Reply {
    let domain = domain_of(user).unwrap_or_default();
    let kind = if by_domain(request, domain).is_some() { "Managed" } else { "Unknown" };
    let body = json!({
        "ver": "1.0",
        "account_type": kind,
        "domain_name": domain,
        "cloud_instance_name": super::metadata::instance_name(request.host),
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    });
    Reply::json(StatusCode::OK, &body).shown()
}
