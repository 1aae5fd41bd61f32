//! What is asked of a server on behalf of a client.

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE,
    TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{Request, Response, StatusCode};
use jiff::Timestamp;
use marslab_model::world::Origin;
use marslab_model::{Address, Connection, DialError};
use marslab_wire::dial::Dial;
use marslab_wire::http::{self as wire, Client, HttpError, Trust, Url};

use super::page::{Page, Stage, sign};
use crate::network::FakeNetwork;

/// The network as a proxy reaches it.
struct Onward<'a>(&'a FakeNetwork);

#[async_trait]
impl Dial for Onward<'_> {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        self.0.dial(Origin::Proxies, to).await
    }
}

/// Asks the server that a request in absolute form names.
pub(super) async fn fetch(
    network: &FakeNetwork,
    request: &Request<Bytes>,
) -> Result<wire::Response, Page> {
    let url: Url = request.uri().to_string().parse().map_err(|_no_url| Page::unusable())?;
    let headers =
        request.headers().iter().filter(|(name, _)| *name != HOST && !is_for_one_hop(name));
    let headers = headers.filter_map(|(name, value)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    });
    let onward = wire::Request {
        method: request.method().clone(),
        url,
        headers: headers.collect(),
        body: request.body().to_vec(),
    };
    // No TLS is spoken on this way, so nobody needs to be trusted.
    let trust = Trust { roots: Vec::new(), now: Timestamp::UNIX_EPOCH, versions: Vec::new() };
    let client = Client { dial: &Onward(network), proxy: None, trust };
    client.send(&onward).await.map_err(|error| match error {
        HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. } => {
            Page::unreachable(error, Stage::Fetch)
        }
        HttpError::Closed => Page::no_answer(),
        HttpError::Tls(_)
        | HttpError::ProxyRefused { .. }
        | HttpError::Malformed { .. }
        | HttpError::TooLarge { .. } => Page::bad_answer(),
    })
}

/// A server's answer as the proxy `name` passes it on.
pub(super) fn returned(response: &wire::Response, name: &str) -> Response<Bytes> {
    let mut passed = Response::new(Bytes::copy_from_slice(&response.body));
    *passed.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (header, value) in response.headers.iter().filter(|(header, _)| !is_for_one_hop(header)) {
        passed.headers_mut().append(header, value.clone());
    }
    sign(passed.headers_mut(), name, "MISS", "keep-alive");
    passed
}

/// Whether a header concerns only the two ends of one connection (RFC 9110, 7.6.1).
fn is_for_one_hop(name: &HeaderName) -> bool {
    let known = [
        CONNECTION,
        CONTENT_LENGTH,
        PROXY_AUTHENTICATE,
        PROXY_AUTHORIZATION,
        TE,
        TRAILER,
        TRANSFER_ENCODING,
        UPGRADE,
    ];
    known.contains(name) || ["keep-alive", "proxy-connection"].contains(&name.as_str())
}
