//! Microsoft Graph, which shows nothing without a token for it. The lab's login service gives none.
//!
//! The refusal is Graph's own, from memory.

use http::StatusCode;
use serde_json::json;

use super::reply::Reply;
use super::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    let message = match request.header("authorization") {
        None => "Access token is empty.",
        Some(_) => "Access token validation failure. Invalid audience.",
    };
    let at = request.running().stamp().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let body = json!({
        "error": {
            "code": "InvalidAuthenticationToken",
            "message": message,
            "innerError": { "date": at, "request-id": request.id, "client-request-id": request.id },
        },
    });
    Reply::json(StatusCode::UNAUTHORIZED, &body).shown()
}
