//! One request on one connection, repeated as long as a proxy asks for authentication.

use std::error::Error;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{
    CONTENT_LENGTH, HOST, HeaderName, HeaderValue, PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use http::{HeaderMap, Method, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Body;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use marslab_model::Connection;
use marslab_model::net::TlsLayer;

use super::login::ProxyLogin;
use super::streamed::Streamed;
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
    /// A request to a proxy, which needs the whole URL.
    pub(super) fn to_proxy(request: &Request) -> Result<Self, HttpError> {
        let body = Bytes::from(request.body.clone());
        let length = Some(body.len() as u64);
        let (target, headers) = head(request, &request.url.to_string(), length)?;
        Ok(Self { method: request.method.clone(), target, headers, body })
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

    fn message(&self) -> http::Request<Full<Bytes>> {
        let mut message = http::Request::new(Full::new(self.body.clone()));
        *message.method_mut() = self.method.clone();
        *message.uri_mut() = self.target.clone();
        *message.headers_mut() = self.headers.clone();
        message
    }
}

/// A request to a server, with this body.
pub(super) fn to_server<B: Body>(
    request: &Request,
    body: B,
) -> Result<http::Request<B>, HttpError> {
    let (target, headers) = head(request, &request.url.path, body.size_hint().exact())?;
    let mut message = http::Request::new(body);
    *message.method_mut() = request.method.clone();
    *message.uri_mut() = target;
    *message.headers_mut() = headers;
    Ok(message)
}

/// Target and headers of a request whose body has this length, if it is known.
fn head(
    request: &Request,
    target: &str,
    length: Option<u64>,
) -> Result<(Uri, HeaderMap), HttpError> {
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
    // The length is the body's; the caller must not contradict it. Without one, hyper sends chunks.
    headers.remove(TRANSFER_ENCODING);
    headers.remove(CONTENT_LENGTH);
    let is_upload = [Method::POST, Method::PUT, Method::PATCH].contains(&request.method);
    if let Some(length) = length.filter(|length| is_upload || *length > 0) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    Ok((parse_target(target)?, headers))
}

/// Sends a request, and does not wait for the body of the answer.
pub(super) async fn open<B>(
    connection: Connection,
    message: http::Request<B>,
) -> Result<Streamed, HttpError>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let stream = TokioIo::new(connection.stream);
    let (mut sender, driver) = builder().handshake(stream).await?;
    let mut connection = Driven::new(driver);
    let answer = connection.until(sender.send_request(message)).await?;
    Ok(Streamed::new(answer, connection))
}

/// Sends the request, and again as long as `login` has an answer to the challenge in the response.
pub(super) async fn exchange(
    connection: Connection,
    mut request: WireRequest,
    mut login: Option<&mut ProxyLogin<'_>>,
) -> Result<Outcome, HttpError> {
    let Connection { stream, tls } = connection;
    let (mut sender, driver) = builder().handshake(TokioIo::new(stream)).await?;
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
    Box::pin(Driven::new(driver.with_upgrades()).until(work)).await
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.title_case_headers(true).max_headers(HEADERS_MAX).max_buf_size(HEAD_BYTES_MAX);
    builder
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

/// A connection, which goes on only while something is done on it.
pub(super) struct Driven(Option<Pin<Box<dyn Future<Output = hyper::Result<()>> + Send>>>);

impl Driven {
    fn new(driver: impl Future<Output = hyper::Result<()>> + Send + 'static) -> Self {
        Self(Some(Box::pin(driver)))
    }

    /// Drives the connection until `work` on it is done.
    async fn until<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|cx| self.poll(cx, |cx| work.as_mut().poll(cx))).await
    }

    /// Does some of `work` on the connection. Once that has ended its driver is dropped, which makes the work end, too.
    pub(super) fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut work: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        let done = work(cx);
        let Some(driver) = self.0.as_mut().filter(|_| done.is_pending()) else { return done };
        if driver.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.0 = None;
        work(cx)
    }
}

fn value(text: &str) -> Result<HeaderValue, HttpError> {
    HeaderValue::from_str(text)
        .map_err(|_error| HttpError::Malformed { reason: MessageError::RequestHeader })
}

fn parse_target(text: &str) -> Result<Uri, HttpError> {
    text.parse().map_err(|_error| HttpError::Malformed { reason: MessageError::RequestUrl })
}
