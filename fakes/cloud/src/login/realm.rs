//! The user realm: who signs a user in. The answers are those that MSAL and ADAL read; their values are from memory.

use http::StatusCode;
use serde_json::json;

use super::tenant::{by_domain, domain_of};
use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>, user: &str) -> Reply {
    let domain = domain_of(user).unwrap_or_default();
    let mut body = json!({
        "ver": "1.0",
        "account_type": "Unknown",
        "cloud_instance_name": super::metadata::instance_name(request.host),
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    });
    if by_domain(request, domain).is_some() {
        body["account_type"] = json!("Managed");
        body["domain_name"] = json!(domain);
    }
    Reply::json(StatusCode::OK, &body).shown()
}
