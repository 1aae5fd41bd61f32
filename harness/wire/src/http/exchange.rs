//! One request on one connection, repeated as long as a proxy asks for authentication.

use std::future::Future;
use std::pin::pin;

use bytes::Bytes;
use http::header::{
    CONTENT_LENGTH, HOST, HeaderName, HeaderValue, PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use http::{HeaderMap, Method, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use marslab_model::Connection;
use marslab_model::net::TlsLayer;

use super::login::ProxyLogin;
use super::{BODY_BYTES_MAX, HttpError, MessageError, Request, Response, Url};
use crate::{HEAD_BYTES_MAX, HEADERS_MAX};

/// A request as it is sent.
pub(super) struct WireRequest {
    method: Method,
    target: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// What a request led to.
pub(super) enum Outcome {
    /// A response.
    Response(Response),
    /// A tunnel.
    Tunnel(Connection),
    /// The proxy asked for authentication and closed the connection. The request must be repeated on a new one, with this
    /// `Proxy-Authorization`.
    Reconnect(HeaderValue),
}

impl Outcome {
    /// The response to anything but a CONNECT.
    pub(super) fn into_response(self) -> Result<Response, HttpError> {
        match self {
            Self::Response(response) => Ok(response),
            Self::Tunnel(_) | Self::Reconnect(_) => Err(HttpError::Closed),
        }
    }
}

impl WireRequest {
    /// A request to the server, directly or through a tunnel.
    pub(super) fn to_server(request: &Request) -> Result<Self, HttpError> {
        Self::new(request, &request.url.path)
    }

    /// A request to a proxy, which needs the whole URL.
    pub(super) fn to_proxy(request: &Request) -> Result<Self, HttpError> {
        Self::new(request, &request.url.to_string())
    }

    /// A CONNECT.
    pub(super) fn connect(url: &Url) -> Result<Self, HttpError> {
        let target = url.address().to_string();
        let mut headers = HeaderMap::new();
        headers.insert(HOST, value(&target)?);
        let target = parse_target(&target)?;
        Ok(Self { method: Method::CONNECT, target, headers, body: Bytes::new() })
    }

    /// Adds the credentials that a proxy asked for.
    pub(super) fn authorized(mut self, authorization: Option<HeaderValue>) -> Self {
        if let Some(authorization) = authorization {
            self.headers.insert(PROXY_AUTHORIZATION, authorization);
        }
        self
    }

    fn new(request: &Request, target: &str) -> Result<Self, HttpError> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, value(&request.url.authority())?);
        for (name, text) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_error| HttpError::Malformed { reason: MessageError::RequestHeader })?;
            if name == HOST {
                headers.insert(name, value(text)?);
            } else {
                headers.append(name, value(text)?);
            }
        }
        // The length is the body's; the caller must not contradict it.
        headers.remove(TRANSFER_ENCODING);
        headers.remove(CONTENT_LENGTH);
        let is_upload = [Method::POST, Method::PUT, Method::PATCH].contains(&request.method);
        if is_upload || !request.body.is_empty() {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(request.body.len()));
        }
        let body = Bytes::from(request.body.clone());
        Ok(Self { method: request.method.clone(), target: parse_target(target)?, headers, body })
    }

    fn message(&self) -> http::Request<Full<Bytes>> {
        let mut message = http::Request::new(Full::new(self.body.clone()));
        *message.method_mut() = self.method.clone();
        *message.uri_mut() = self.target.clone();
        *message.headers_mut() = self.headers.clone();
        message
    }
}

/// Sends the request, and again as long as `login` has an answer to the challenge in the response.
pub(super) async fn exchange(
    connection: Connection,
    mut request: WireRequest,
    mut login: Option<&mut ProxyLogin<'_>>,
) -> Result<Outcome, HttpError> {
    let Connection { stream, tls } = connection;
    let (mut sender, driver) = Builder::new()
        .title_case_headers(true)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .handshake(TokioIo::new(stream))
        .await?;
    let work = async move {
        loop {
            let outcome = send(&mut sender, &request, tls).await?;
            let (Outcome::Response(response), Some(login)) = (&outcome, login.as_mut()) else {
                return Ok(outcome);
            };
            let target = request.target.to_string();
            let Some(next) = login.answer(response, (request.method.as_str(), &target)) else {
                return Ok(outcome);
            };
            if sender.ready().await.is_err() {
                return Ok(Outcome::Reconnect(next));
            }
            request = request.authorized(Some(next));
        }
    };
    Box::pin(drive(driver.with_upgrades(), work)).await
}

async fn send(
    sender: &mut SendRequest<Full<Bytes>>,
    request: &WireRequest,
    tls: TlsLayer,
) -> Result<Outcome, HttpError> {
    let mut answer = sender.send_request(request.message()).await?;
    if request.method == Method::CONNECT && answer.status().is_success() {
        let upgraded = hyper::upgrade::on(&mut answer).await?;
        return Ok(Outcome::Tunnel(Connection { stream: Box::new(TokioIo::new(upgraded)), tls }));
    }
    let (head, mut incoming) = answer.into_parts();
    let mut body = Vec::new();
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        if body.len() + data.len() > BODY_BYTES_MAX {
            return Err(HttpError::TooLarge { bytes: BODY_BYTES_MAX });
        }
        body.extend_from_slice(&data);
    }
    Ok(Outcome::Response(Response { status: head.status.as_u16(), headers: head.headers, body }))
}

/// Drives a connection until `work` on it is done. Once the connection has ended its driver is dropped, which makes the
/// work end, too.
async fn drive<T>(
    driver: impl Future<Output = hyper::Result<()>>,
    work: impl Future<Output = T>,
) -> T {
    let (mut driver, mut work) = (Box::pin(driver), pin!(work));
    tokio::select! {
        biased;
        done = &mut work => return done,
        _ = &mut driver => drop(driver),
    }
    work.await
}

fn value(text: &str) -> Result<HeaderValue, HttpError> {
    HeaderValue::from_str(text)
        .map_err(|_error| HttpError::Malformed { reason: MessageError::RequestHeader })
}

fn parse_target(text: &str) -> Result<Uri, HttpError> {
    text.parse().map_err(|_error| HttpError::Malformed { reason: MessageError::RequestUrl })
}
