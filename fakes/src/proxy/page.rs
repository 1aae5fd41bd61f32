//! The proxy's own answers: Squid's heads (proxy-wire 7.2, 7.4, captured from 5.7), the lab's own words.

use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LANGUAGE, CONTENT_TYPE, DATE, HeaderName, PROXY_AUTHENTICATE, SERVER, VARY,
    VIA,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use jiff::Timestamp;
use marslab_model::DialError;

use crate::cloud::http_date;

/// One answer.
#[derive(Debug)]
pub(super) struct Page {
    status: StatusCode,
    /// What `X-Squid-Error` says.
    error: &'static str,
    /// What the body says.
    text: &'static str,
    challenges: Vec<String>,
    stage: Stage,
}

/// How far a request had come; the head depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It could not be read.
    Reading,
    /// It was judged.
    Admission,
    /// A tunnel was to be opened.
    Tunnel,
    /// A server was asked.
    Fetch,
}

impl Page {
    /// The request's credentials are missing or worth nothing.
    pub(super) fn who_are_you(challenges: Vec<String>) -> Self {
        let text = "This proxy connects only those whom it knows.";
        let status = StatusCode::PROXY_AUTHENTICATION_REQUIRED;
        Self {
            challenges,
            ..Self::new(status, "ERR_CACHE_ACCESS_DENIED 0", text, Stage::Admission)
        }
    }

    /// The proxy does not connect to there.
    pub(super) fn refused() -> Self {
        let text = "This proxy does not connect to this destination.";
        Self::new(StatusCode::FORBIDDEN, "ERR_ACCESS_DENIED 0", text, Stage::Admission)
    }

    /// The request is none for a proxy. The name of the error is from memory.
    pub(super) fn unusable() -> Self {
        let text = "This is no request for a proxy.";
        Self::new(StatusCode::BAD_REQUEST, "ERR_INVALID_URL 0", text, Stage::Reading)
    }

    /// The server could not be reached. The numbers are Linux's; only 111 was captured, the others follow from it.
    pub(super) fn unreachable(error: DialError, stage: Stage) -> Self {
        let (error, text) = match error {
            DialError::NoSuchHost => ("ERR_DNS_FAIL 0", "The name of the server does not resolve."),
            DialError::TimedOut => ("ERR_CONNECT_FAIL 110", "The server does not answer."),
            DialError::Refused => ("ERR_CONNECT_FAIL 111", "The server refused the connection."),
            DialError::Reset => ("ERR_CONNECT_FAIL 104", "The connection was reset."),
            DialError::Unreachable => ("ERR_CONNECT_FAIL 113", "There is no route to the server."),
        };
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error, text, stage)
    }

    /// The server closed the connection without an answer.
    pub(super) fn no_answer() -> Self {
        let text = "The server closed the connection without an answer.";
        Self::new(StatusCode::BAD_GATEWAY, "ERR_ZERO_SIZE_OBJECT 0", text, Stage::Fetch)
    }

    /// The server's answer cannot be passed on. The name of the error is from memory.
    pub(super) fn bad_answer() -> Self {
        let text = "The answer of the server cannot be passed on.";
        Self::new(StatusCode::BAD_GATEWAY, "ERR_INVALID_RESP 0", text, Stage::Fetch)
    }

    fn new(status: StatusCode, error: &'static str, text: &'static str, stage: Stage) -> Self {
        Self { status, error, text, challenges: Vec::new(), stage }
    }

    /// The answer of the proxy `name` (`10.0.0.5:8080`) at the time `now`.
    pub(super) fn response(&self, name: &str, now: Timestamp) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(SERVER, HeaderValue::from_static(SOFTWARE));
        headers.insert(MIME_VERSION, HeaderValue::from_static("1.0"));
        insert(headers, DATE, &http_date(now));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html;charset=utf-8"));
        headers.insert(X_SQUID_ERROR, HeaderValue::from_static(self.error));
        headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
        for challenge in &self.challenges {
            if let Ok(value) = HeaderValue::try_from(challenge) {
                headers.append(PROXY_AUTHENTICATE, value);
            }
        }
        match self.stage {
            // What is refused after a tunnel was admitted has a shorter head.
            Stage::Tunnel => {}
            Stage::Reading => sign(headers, name, "NONE", "close"),
            Stage::Admission => sign(headers, name, "NONE", "keep-alive"),
            Stage::Fetch => sign(headers, name, "MISS", "keep-alive"),
        }
        response
    }

    fn body(&self) -> String {
        let title = self.status.canonical_reason().unwrap_or("");
        let text = self.text;
        format!(
            "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>\n"
        )
    }
}

/// Adds what the proxy writes under answers that it makes or passes on.
pub(super) fn sign(headers: &mut HeaderMap, name: &str, lookup: &str, connection: &'static str) {
    let host = name.rsplit_once(':').map_or(name, |(host, _)| host);
    insert(headers, X_CACHE, &format!("MISS from {host}"));
    insert(headers, X_CACHE_LOOKUP, &format!("{lookup} from {name}"));
    if let Ok(via) = HeaderValue::try_from(format!("1.1 {host} ({SOFTWARE})")) {
        headers.append(VIA, via);
    }
    headers.insert(CONNECTION, HeaderValue::from_static(connection));
}

fn insert(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.insert(name, value);
    }
}

const SOFTWARE: &str = "squid/5.7";
const MIME_VERSION: HeaderName = HeaderName::from_static("mime-version");
const X_SQUID_ERROR: HeaderName = HeaderName::from_static("x-squid-error");
const X_CACHE: HeaderName = HeaderName::from_static("x-cache");
const X_CACHE_LOOKUP: HeaderName = HeaderName::from_static("x-cache-lookup");
