//! A request to the cloud, and the parts of it that the roles need.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use marslab_model::HostName;
use serde::de::DeserializeOwned;

use super::reply::Reply;
use super::token::Claims;
use super::{Cloud, guid};
use marslab_state::Running;

/// A request to a server.
pub(super) struct CloudRequest<'a> {
    /// The cloud that it is sent to.
    pub(super) cloud: &'a Cloud,
    /// The server that it is sent to.
    pub(super) host: &'a HostName,
    /// The id that the server gives it.
    pub(super) id: String,
    request: &'a Request<Bytes>,
    path: Vec<String>,
}

impl<'a> CloudRequest<'a> {
    /// A request that a server has just received.
    pub(super) fn new(cloud: &'a Cloud, host: &'a HostName, request: &'a Request<Bytes>) -> Self {
        let id = guid(&cloud.running);
        let path = request.uri().path();
        let parts = path.split('/').filter(|part| !part.is_empty()).take(SEGMENTS_MAX);
        Self { cloud, host, id, request, path: parts.map(decoded).collect() }
    }

    /// The running world.
    pub(super) fn running(&self) -> &Running {
        &self.cloud.running
    }

    /// The method.
    pub(super) fn method(&self) -> &Method {
        self.request.method()
    }

    /// Whether the request only reads.
    pub(super) fn is_read(&self) -> bool {
        [Method::GET, Method::HEAD].contains(self.method())
    }

    /// The path as it was sent.
    pub(super) fn path(&self) -> &str {
        self.request.uri().path()
    }

    /// The path and the query as they were sent.
    pub(super) fn path_and_query(&self) -> &str {
        self.request.uri().path_and_query().map_or("/", |whole| whole.as_str())
    }

    /// The parts of the path, decoded.
    pub(super) fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// A parameter of the query; case does not matter.
    pub(super) fn query(&self, key: &str) -> Option<String> {
        Form::read(self.request.uri().query().unwrap_or("")).take(key)
    }

    /// A header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    /// The headers.
    pub(super) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The query as it was sent.
    pub(super) fn query_text(&self) -> &str {
        self.request.uri().query().unwrap_or_default()
    }

    /// The body.
    pub(super) fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// A cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.request.headers().get(COOKIE)?.to_str().ok()?;
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The body as a form.
    pub(super) fn form(&self) -> Form {
        Form::read(&String::from_utf8_lossy(self.request.body()))
    }

    /// The body as JSON. The refusal's text is the lab's own.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Reply> {
        serde_json::from_slice(self.request.body()).map_err(|_no_json| {
            let message = "The request content was invalid and could not be deserialized.";
            Reply::error(StatusCode::BAD_REQUEST, "InvalidRequestContent", message)
        })
    }

    /// The claims of its bearer token, which must be valid and from this cloud. These refusals are from memory.
    pub(super) fn bearer(&self) -> Result<Claims, Reply> {
        let refused = |code, message: &str| Reply::error(StatusCode::UNAUTHORIZED, code, message);
        let header =
            self.request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = header.and_then(|value| value.split_once(' ')).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("bearer") {
            let message = "Authentication failed. The 'Authorization' header is missing.";
            return Err(refused("AuthenticationFailed", message));
        }
        let claims = self.cloud.tokens.open(token.trim());
        let claims = claims
            .ok_or_else(|| refused("InvalidAuthenticationToken", "The access token is invalid."))?;
        if claims.is_valid_at(self.running().now()) {
            Ok(claims)
        } else {
            Err(refused("ExpiredAuthenticationToken", "The access token has expired."))
        }
    }
}

/// The parameters of a query or of a form (`application/x-www-form-urlencoded`) by lower-case key.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    fn read(text: &str) -> Self {
        let pairs = text.split('&').take(PARAMETERS_MAX).filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&key.replace('+', " ")).to_lowercase(), decoded(&value.replace('+', " ")))
        });
        Self(pairs.collect())
    }

    /// A parameter.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(&key.to_lowercase()).map(String::as_str)
    }

    fn take(mut self, key: &str) -> Option<String> {
        self.0.remove(&key.to_lowercase())
    }
}

/// Decodes `%41`; anything else is kept as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = if *first == b'%' { after.split_first_chunk::<2>() } else { None };
        let value = escaped.and_then(|([high, low], after)| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = 16 * digit(*high)? + digit(*low)?;
            Some((u8::try_from(value).ok()?, after))
        });
        let (byte, after) = value.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The longest path of the protocol has ten parts.
const SEGMENTS_MAX: usize = 32;

/// The longest form of the protocol has five parameters.
const PARAMETERS_MAX: usize = 64;

#[cfg(test)]
mod tests;
