//! Answers of the cloud, and what all of them carry.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, HeaderName, LOCATION, SERVER};
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use marslab_state::exchange::Text;

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
    location: Option<String>,
    /// What stands in the header `x-ms-error-code`.
    error_code: Option<&'static str>,
    /// Whether the journal may keep the body. Only who knows that it holds no secret says so.
    text: Text,
}

impl Reply {
    /// A JSON document.
    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        Self {
            status,
            kind: "application/json; charset=utf-8",
            body: body.to_string().into_bytes(),
            location: None,
            error_code: None,
            text: Text::Withheld,
        }
    }

    /// A text.
    pub(super) fn text(status: StatusCode, body: impl Into<String>) -> Self {
        let (location, error_code, text) = (None, None, Text::Withheld);
        let body = body.into().into_bytes();
        Self { status, kind: "text/plain", body, location, error_code, text }
    }

    /// A file that is no text.
    pub(super) fn file(kind: &'static str, body: Vec<u8>) -> Self {
        Self { kind, body, ..Self::empty(StatusCode::OK) }
    }

    /// Nothing but a status.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self::text(status, "")
    }

    /// A redirection for good.
    pub(super) fn moved(location: String) -> Self {
        Self { location: Some(location), ..Self::empty(StatusCode::MOVED_PERMANENTLY) }
    }

    /// A refusal in the shape of mars-facts 4.4.
    pub(super) fn error(status: StatusCode, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "error": { "code": code, "message": message } })).shown()
    }

    /// A refusal of a storage account; the code stands in the head, too. The message is the lab's own.
    pub(super) fn storage_error(status: StatusCode, code: &'static str) -> Self {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>The request was \
             refused.</Message></Error>"
        );
        let error_code = Some(code);
        Self { kind: "application/xml", error_code, ..Self::text(status, body) }.shown()
    }

    /// What a server says to anything that it does not know (mars-facts 4.6).
    pub(super) fn not_found() -> Self {
        Self::text(StatusCode::NOT_FOUND, "Not Found").shown()
    }

    /// The cloud's own trouble (mars-facts 4.4).
    pub(super) fn internal() -> Self {
        Self::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "CloudInternalError",
            "Microsoft Azure Backup encountered an internal error. Wait for a few minutes and then try the \
             operation again. If the issue persists, please contact Microsoft support.",
        )
    }

    /// With a body that may be shown to everybody.
    pub(super) fn shown(self) -> Self {
        Self { text: Text::Shown, ..self }
    }

    /// Whether the journal may keep the body.
    pub(super) fn journalled(&self) -> Text {
        self.text
    }

    /// The status.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer with the common head (mars-facts 4.3).
    pub(super) fn response(self, date: &str, request_id: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if !response_is_empty(self.status) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        }
        headers.insert(SERVER, HeaderValue::from_static("Microsoft-IIS/10.0"));
        let rest = [
            (X_MS_REQUEST_ID, Some(request_id)),
            (DATE, Some(date)),
            (LOCATION, self.location.as_deref()),
            (X_MS_ERROR_CODE, self.error_code),
        ];
        for (name, value) in rest {
            if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
                headers.insert(name, value);
            }
        }
        response
    }
}

fn response_is_empty(status: StatusCode) -> bool {
    status == StatusCode::NO_CONTENT
}

const X_MS_ERROR_CODE: HeaderName = HeaderName::from_static("x-ms-error-code");
const X_MS_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
