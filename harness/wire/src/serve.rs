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

/// Answers requests.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Answers one request. Its body is complete and has at most [`BODY_BYTES_MAX`] bytes.
    async fn answer(&self, request: Request<Bytes>) -> Answer;

    /// Whether the names of headers are sent in lower case. By default they are capitalized, as most servers send them.
    fn sends_lower_case(&self) -> bool {
        false
    }
}

/// The answer to a request.
#[derive(Debug)]
pub enum Answer {
    /// A response, with its headers in their order. The length is always the body's; `Connection: close` is added if the
    /// client wants to close, and nothing else, not even `Date`. A [`ReasonPhrase`] among the extensions is sent, and so is
    /// the version if it is 1.0.
    Respond(Response<Bytes>),
    /// A bare `200 Connection established` to a CONNECT, then a tunnel to this connection until both sides have closed.
    /// For any other method it is the same as [`Answer::Reset`].
    Tunnel(Connection),
    /// No answer: the stream is dropped without a shutdown, which a listener on sockets can turn into a reset.
    Reset,
}

/// Serves a connection until either side closes it.
///
/// Something other than HTTP gets 400, too large a head 431, and too large a body 413; then the connection is closed.
pub async fn serve(connection: Connection, handler: Arc<dyn Handler>) {
    let tunnel = Tunnel::default();
    let service = service_fn(|request| respond(request, handler.as_ref(), &tunnel));
    let served = Builder::new()
        .auto_date_header(false)
        .title_case_headers(!handler.sends_lower_case())
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(connection.stream), service)
        .with_upgrades();
    // On failure there is no one to report it to.
    drop(Box::pin(served).await);
    let opened = tunnel.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some((upgrade, peer)) = opened else { return };
    if let Ok(client) = upgrade.await {
        relay(TokioIo::new(client), peer.stream).await;
    }
}

/// The tunnel that a CONNECT opened. It starts once hyper has released the connection.
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

/// Reads a whole body, or returns `None` if it is too long. Some of the excess is read and discarded, because a client that
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

/// Removes from a response what makes hyper panic: wrong lengths, other versions, statuses that are not final.
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
    // The answer to a HEAD may have the length that a GET would get. Otherwise the value is replaced in place, to keep the
    // order of the headers.
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

/// The most bytes of a body that are read at all; those beyond [`BODY_BYTES_MAX`] are discarded.
const DRAINED_BYTES_MAX: usize = 2 * BODY_BYTES_MAX;

#[cfg(test)]
mod tests;
