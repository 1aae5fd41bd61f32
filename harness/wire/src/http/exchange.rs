//! A request on one connection, repeated there for as long as a proxy asks who sends it.

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

use super::login::Login;
use super::{BODY_BYTES_MAX, HttpError, MessageError, Request, Response, Url};
use crate::{HEAD_BYTES_MAX, HEADERS_MAX};

/// A request as it goes on the wire.
pub(super) struct Ask {
    method: Method,
    target: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// How a conversation ended.
pub(super) enum Turn {
    /// By an answer.
    Answered(Response),
    /// By a tunnel.
    Tunnel(Connection),
    /// The proxy asked for credentials and closed the connection: the question is to be repeated on another, with this.
    Again(HeaderValue),
}

impl Ask {
    /// To the server itself, or to what a tunnel leads to.
    pub(super) fn server(request: &Request) -> Result<Self, HttpError> {
        Self::new(request, &request.url.path)
    }

    /// To a proxy, which needs the whole URL.
    pub(super) fn proxy(request: &Request) -> Result<Self, HttpError> {
        Self::new(request, &request.url.to_string())
    }

    /// For a tunnel.
    pub(super) fn tunnel(url: &Url) -> Result<Self, HttpError> {
        let target = url.address().to_string();
        let mut headers = HeaderMap::new();
        headers.insert(HOST, value(&target)?);
        let target = parse_target(&target)?;
        Ok(Self { method: Method::CONNECT, target, headers, body: Bytes::new() })
    }

    /// The same with what a proxy asked for.
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
        // The body has one length, which is not the caller's to say.
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

/// Asks, and asks again for as long as the answer is a challenge that `login` has an answer to.
pub(super) async fn converse(
    connection: Connection,
    mut ask: Ask,
    mut login: Option<&mut Login<'_>>,
) -> Result<Turn, HttpError> {
    let Connection { stream, tls } = connection;
    let (mut sender, driver) = Builder::new()
        .title_case_headers(true)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .handshake(TokioIo::new(stream))
        .await?;
    let work = async move {
        loop {
            let turn = turn(&mut sender, &ask, tls).await?;
            let (Turn::Answered(answer), Some(login)) = (&turn, login.as_mut()) else {
                return Ok(turn);
            };
            let target = ask.target.to_string();
            let Some(next) = login.answer(answer, (ask.method.as_str(), &target)) else {
                return Ok(turn);
            };
            if sender.ready().await.is_err() {
                return Ok(Turn::Again(next));
            }
            ask = ask.authorized(Some(next));
        }
    };
    Box::pin(beside(driver.with_upgrades(), work)).await
}

async fn turn(
    sender: &mut SendRequest<Full<Bytes>>,
    ask: &Ask,
    tls: marslab_model::net::TlsLayer,
) -> Result<Turn, HttpError> {
    let mut answer = sender.send_request(ask.message()).await?;
    if ask.method == Method::CONNECT && answer.status().is_success() {
        let upgraded = hyper::upgrade::on(&mut answer).await?;
        return Ok(Turn::Tunnel(Connection { stream: Box::new(TokioIo::new(upgraded)), tls }));
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
    Ok(Turn::Answered(Response { status: head.status.as_u16(), headers: head.headers, body }))
}

/// Runs a connection for as long as the work on it takes. When the connection has ended it is dropped, which is how the
/// work learns of it.
async fn beside<T>(
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
