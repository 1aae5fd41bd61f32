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
    kind: String,
    body: Bytes,
    server: &'static str,
    /// What stands in the head besides.
    headers: Vec<(HeaderName, String)>,
    /// Whether the journal may keep the body. Only who knows that it holds no secret says so.
    text: Text,
}

impl Reply {
    /// A JSON document.
    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    /// A text.
    pub(super) fn text(status: StatusCode, body: impl Into<String>) -> Self {
        Self::new(status, "text/plain", body.into())
    }

    /// Bytes of any kind.
    pub(super) fn new(status: StatusCode, kind: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let (kind, body, headers) = (kind.into(), body.into(), Vec::new());
        Self { status, kind, body, server: "Microsoft-IIS/10.0", headers, text: Text::Withheld }
    }

    /// Nothing but a status.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self::text(status, "")
    }

    /// A redirection for good.
    pub(super) fn moved(location: String) -> Self {
        Self::empty(StatusCode::MOVED_PERMANENTLY).with(LOCATION, location)
    }

    /// A refusal in the shape of mars-facts 4.4.
    pub(super) fn error(status: StatusCode, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "error": { "code": code, "message": message } })).shown()
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

    /// With a header. One that cannot be sent is left out.
    pub(super) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// From another program than the web server of most.
    pub(super) fn from(self, server: &'static str) -> Self {
        Self { server, ..self }
    }

    /// With a body that may be shown to everybody.
    pub(super) fn shown(self) -> Self {
        Self { text: Text::Shown, ..self }
    }

    /// Without its body, as a HEAD is answered.
    pub(super) fn without_body(self) -> Self {
        let length = self.body.len();
        let reply = Self { body: Bytes::new(), ..self };
        reply.with(http::header::CONTENT_LENGTH, length.to_string())
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
    pub(super) fn response(self, date: &str) -> Response<Bytes> {
        let has_kind = ![StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&self.status);
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let (true, Ok(kind)) = (has_kind, HeaderValue::try_from(self.kind)) {
            headers.insert(CONTENT_TYPE, kind);
        }
        headers.insert(SERVER, HeaderValue::from_static(self.server));
        if let Ok(date) = HeaderValue::from_str(date) {
            headers.insert(DATE, date);
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// The id that a server gives to a request.
pub(super) const X_MS_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
