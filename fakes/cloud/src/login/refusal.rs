//! Refusing (RFC 6749, 5.2; mars-facts 4.5).

use http::StatusCode;
use serde_json::json;

use crate::guid;
use crate::reply::Reply;
use crate::request::{CloudRequest, Form};

/// Why the login service does not do what it was asked.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    code: u32,
    text: String,
}

impl Refusal {
    /// A refusal with status 400, the OAuth error and the number behind `AADSTS`.
    pub(super) fn new(error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, code, text: text.into() }
    }

    /// The client did not prove who it is (401).
    pub(super) fn of_client(code: u32, text: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", code, text) }
    }

    /// The answer. It names who asks and for what, and nothing that proves it; so it may be shown to everybody. The
    /// shape, with `error_uri`, is as answers stand in public issues (OfficeDev/microsoft-365-agents-toolkit 8621).
    pub(super) fn reply(&self, request: &CloudRequest<'_>) -> Reply {
        let trace = guid(request.running());
        let correlation = correlation(request).unwrap_or_else(|| guid(request.running()));
        let at = request.running().stamp().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let Self { error, code, text, .. } = self;
        let description = format!(
            "AADSTS{code}: {text}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {at}"
        );
        let body = json!({
            "error": error,
            "error_description": description,
            "error_codes": [code],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://{}/error?code={code}", request.host),
        });
        Reply::json(self.status, &body).shown()
    }
}

/// A parameter that a form must have.
pub(super) fn required<'a>(form: &'a Form, key: &str) -> Result<&'a str, Refusal> {
    form.get(key).ok_or_else(|| {
        let text = format!("The request body must contain the following parameter: '{key}'.");
        Refusal::new("invalid_request", 900_144, text)
    })
}

/// The id by which the client will find its request again; ADAL complains where the answer has another one.
fn correlation(request: &CloudRequest<'_>) -> Option<String> {
    let id = request.header("client-request-id")?;
    let is_digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    (id.len() == GUID_BYTES && id.bytes().all(is_digit)).then(|| id.to_owned())
}

const GUID_BYTES: usize = 36;
