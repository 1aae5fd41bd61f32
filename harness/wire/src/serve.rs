//! An HTTP/1.1 server on one connection.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING};
use http::{Method, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::ext::ReasonPhrase;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use marslab_model::Connection;

use crate::http::BODY_BYTES_MAX;
use crate::relay::relay;
use crate::{HEAD_BYTES_MAX, HEADERS_MAX};

/// What answers requests.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Answers one request. Its body is complete, and no longer than [`BODY_BYTES_MAX`].
    async fn answer(&self, request: Request<Bytes>) -> Answer;
}

/// How a request is answered.
#[derive(Debug)]
pub enum Answer {
    /// With a response, its headers in their order. Its length is always the body's own; `Connection: close` is added
    /// where the client wants to close, and nothing else, no `Date` either. A [`ReasonPhrase`] among the extensions is
    /// sent, and the version where it is 1.0.
    Respond(Response<Bytes>),
    /// A CONNECT with a bare `200 Connection established`; the bytes are then relayed both ways until the sides have
    /// closed. To any other request it is [`Answer::Reset`].
    Tunnel(Connection),
    /// Not at all: the stream is dropped without being shut down. A listener on sockets can make a reset of that.
    Reset,
}

/// Serves a connection until either side closes it.
///
/// What is not HTTP is answered with 400, too large a head with 431, too large a body with 413, and the connection is
/// closed.
pub async fn serve(connection: Connection, handler: Arc<dyn Handler>) {
    let tunnel = Tunnel::default();
    let service = service_fn(|request| respond(request, handler.as_ref(), &tunnel));
    let served = Builder::new()
        .auto_date_header(false)
        .title_case_headers(true)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(connection.stream), service)
        .with_upgrades();
    // However it ended, there is nobody left to be told.
    drop(Box::pin(served).await);
    let opened = tunnel.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some((upgrade, peer)) = opened else { return };
    if let Ok(client) = upgrade.await {
        relay(TokioIo::new(client), peer.stream).await;
    }
}

/// The tunnel that a CONNECT opened: it is used after HTTP has let go of the connection.
type Tunnel = Mutex<Option<(OnUpgrade, Connection)>>;

/// Makes hyper drop the connection.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is dropped")
    }
}

impl Error for Dropped {}

async fn respond(
    mut request: Request<Incoming>,
    handler: &dyn Handler,
    tunnel: &Tunnel,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let method = request.method().clone();
    let upgrade = (method == Method::CONNECT).then(|| hyper::upgrade::on(&mut request));
    let (head, body) = request.into_parts();
    let Some(body) = read(body).await? else { return Ok(too_large()) };
    match (handler.answer(Request::from_parts(head, body)).await, upgrade) {
        (Answer::Respond(response), _) => sendable(response, &method),
        (Answer::Tunnel(peer), Some(upgrade)) => {
            *tunnel.lock().unwrap_or_else(PoisonError::into_inner) = Some((upgrade, peer));
            Ok(established())
        }
        (Answer::Tunnel(_), None) | (Answer::Reset, _) => Err(Dropped),
    }
}

/// Reads a whole body; nothing for one that is too long. Some more is read then and thrown away, because a client that
/// is still sending when the connection is closed may never see the answer.
async fn read(mut body: Incoming) -> Result<Option<Bytes>, Dropped> {
    let mut kept = Vec::new();
    let mut length = 0;
    if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > DRAINED_BYTES_MAX) {
        return Ok(None);
    }
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_error| Dropped)?.into_data() else { continue };
        length += data.len();
        if length <= BODY_BYTES_MAX {
            kept.extend_from_slice(&data);
        } else if length > DRAINED_BYTES_MAX {
            break;
        }
    }
    Ok((length <= BODY_BYTES_MAX).then(|| Bytes::from(kept)))
}

/// Takes out of a response what hyper would panic at: lengths that are not the body's, versions that it does not speak,
/// statuses that are not final.
fn sendable(
    mut response: Response<Bytes>,
    method: &Method,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let status = response.status();
    if status.is_informational() {
        return Err(Dropped);
    }
    if response.version() != Version::HTTP_10 {
        *response.version_mut() = Version::HTTP_11;
    }
    if [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status) {
        response.body_mut().clear();
    }
    let length = response.body().len();
    let headers = response.headers_mut();
    headers.remove(TRANSFER_ENCODING);
    // A HEAD may be told the length of what a GET would get. Otherwise the value is put in place, so that the order of
    // the headers stays as it is.
    if headers.contains_key(CONTENT_LENGTH) && !(method == Method::HEAD && length == 0) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    Ok(response.map(Full::new))
}

fn established() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    response.extensions_mut().insert(ReasonPhrase::from_static(b"Connection established"));
    response
}

fn too_large() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// As much of a body as is read at all, of which the half is thrown away.
const DRAINED_BYTES_MAX: usize = 2 * BODY_BYTES_MAX;

#[cfg(test)]
mod tests;
