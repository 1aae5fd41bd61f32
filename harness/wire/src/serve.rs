//! An HTTP/1.1 server on one connection.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING};
use http::{Method, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Either, Full};
use hyper::body::Body;
pub use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use marslab_model::Connection;

use crate::http::{BODY_BYTES_MAX, Streamed};
use crate::relay::relay;
use crate::{HEAD_BYTES_MAX, HEADERS_MAX};

/// Answers requests.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Answers one request. Its body is complete and has at most [`body_bytes_max`](Handler::body_bytes_max) bytes.
    async fn answer(&self, request: Request<Bytes>) -> Answer;

    /// The longest body that is read; asked where one has more than [`BODY_BYTES_MAX`].
    fn body_bytes_max(&self) -> usize {
        BODY_BYTES_MAX
    }

    /// Answers a request whose body is longer; without an answer of its own with a bare 413. The connection is closed
    /// afterwards.
    async fn too_large(&self, _head: Request<()>) -> Option<Response<Bytes>> {
        None
    }

    /// Whether the names of headers are sent in lower case. By default they are capitalized, as most servers send them.
    fn sends_lower_case(&self) -> bool {
        false
    }
}

/// Answers requests whose bodies it passes on: neither theirs nor those of the answers are held.
#[async_trait]
pub trait Relay: Send + Sync {
    /// Answers one request, whose body is still coming.
    async fn relay(&self, request: Request<Incoming>) -> Answer;
}

/// The answer to a request.
pub enum Answer {
    /// A response, with its headers in their order. The length is always the body's; `Connection: close` is added if the
    /// client wants to close, and nothing else, not even `Date`. A [`ReasonPhrase`] among the extensions is sent, and so is
    /// the version if it is 1.0.
    Respond(Response<Bytes>),
    /// A response whose body is passed on while it comes.
    PassOn(Response<Streamed>),
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
    let mut server = server();
    server.title_case_headers(!handler.sends_lower_case());
    serve_with(connection, &server, |request| respond(request, handler.as_ref())).await;
}

/// The same for one who passes bodies on, of any length.
pub async fn serve_relay(connection: Connection, relay: Arc<dyn Relay>) {
    let answer = |request| async { Ok(relay.relay(request).await) };
    serve_with(connection, &server(), answer).await;
}

fn server() -> Builder {
    let mut server = Builder::new();
    server.auto_date_header(false).title_case_headers(true);
    server.max_headers(HEADERS_MAX).max_buf_size(HEAD_BYTES_MAX);
    server
}

async fn serve_with<A: Future<Output = Result<Answer, Dropped>>>(
    connection: Connection,
    server: &Builder,
    answer: impl Fn(Request<Incoming>) -> A,
) {
    let tunnel = Tunnel::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        let method = request.method().clone();
        let upgrade = (method == Method::CONNECT).then(|| hyper::upgrade::on(&mut request));
        let answer = answer(request);
        let tunnel = &tunnel;
        async move { sent(answer.await?, (&method, upgrade), tunnel) }
    });
    let served = server.serve_connection(TokioIo::new(connection.stream), service).with_upgrades();
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

async fn respond(request: Request<Incoming>, handler: &dyn Handler) -> Result<Answer, Dropped> {
    let (head, body) = request.into_parts();
    if let Some(body) = read(body, handler).await? {
        return Ok(handler.answer(Request::from_parts(head, body)).await);
    }
    let own = handler.too_large(Request::from_parts(head, ())).await;
    let mut response = own.unwrap_or_else(|| {
        let mut bare = Response::new(Bytes::new());
        *bare.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        bare
    });
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    Ok(Answer::Respond(response))
}

/// What is sent as a body.
type Sent = Either<Full<Bytes>, Streamed>;

fn sent(
    answer: Answer,
    (method, upgrade): (&Method, Option<OnUpgrade>),
    tunnel: &Tunnel,
) -> Result<Response<Sent>, Dropped> {
    match (answer, upgrade) {
        (Answer::Respond(response), _) => Ok(sendable(response, method)?.map(Either::Left)),
        (Answer::PassOn(response), _) => Ok(response.map(Either::Right)),
        (Answer::Tunnel(peer), Some(upgrade)) => {
            *tunnel.lock().unwrap_or_else(PoisonError::into_inner) = Some((upgrade, peer));
            Ok(established().map(Either::Left))
        }
        (Answer::Tunnel(_), None) | (Answer::Reset, _) => Err(Dropped),
    }
}

/// Reads a whole body, or returns `None` if it is too long. Some of the excess is read and discarded, because a client that
/// is still sending when the connection is closed may never see the answer.
async fn read(mut body: Incoming, handler: &dyn Handler) -> Result<Option<Bytes>, Dropped> {
    let mut kept = Vec::new();
    let mut most = BODY_BYTES_MAX;
    let mut length = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if length > most {
        most = handler.body_bytes_max();
        if length > most.saturating_add(DRAINED_BYTES_MAX) {
            return Ok(None);
        }
    }
    length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_error| Dropped)?.into_data() else { continue };
        length += data.len();
        if length > most {
            most = handler.body_bytes_max();
        }
        if length <= most {
            kept.extend_from_slice(&data);
        } else if length > most.saturating_add(DRAINED_BYTES_MAX) {
            break;
        }
    }
    Ok((length <= most).then(|| Bytes::from(kept)))
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

/// The most bytes of too long a body that are read and discarded.
const DRAINED_BYTES_MAX: usize = BODY_BYTES_MAX;

#[cfg(test)]
mod tests;
