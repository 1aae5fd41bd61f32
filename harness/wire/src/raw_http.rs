//! An HTTP/1.x server on one connection, with replies written byte for byte.
//!
//! | module | contents |
//! | --- | --- |
//! | `request_reader`, `request_body` | reading heads and bodies within limits |
//! | `head` | what a head says |
//!
//! [`serve`](crate::serve) writes with hyper, which only produces correct HTTP: the body's real length, one spelling of
//! header names, chunks when the length is unknown. The products that fakes imitate do otherwise: they end a body by
//! closing the connection, give the success of a CONNECT a length, or break off in the middle. Here a reply is raw bytes.
//! It may be given before the body of the request is read, as proxies do with `Expect: 100-continue`. Bodies of any length
//! go through, since neither a request's nor that of an answer which is passed on is held.

mod deadline;
mod head;
mod request_body;
mod request_reader;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONNECTION, EXPECT, HeaderMap, HeaderName};
use http::{Request, Version};
use marslab_model::Connection;
use thiserror::Error;
use tokio::io::AsyncWriteExt;

pub use self::request_body::RequestBody;
use self::request_reader::RequestReader;
use crate::http::{BODY_BYTES_MAX, Streamed};
use crate::unread::unread;

/// Replies to requests.
#[async_trait]
pub trait Responder: Send + Sync {
    /// Replies to a request before its body is read, or returns `None` to have the body read first.
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply>;

    /// Replies to a request, whose body it reads as far as it needs it; or tells what was wrong with that.
    async fn respond(
        &self,
        head: Request<()>,
        body: RequestBody<'_>,
    ) -> Result<Reply, RequestError>;

    /// Replies to an invalid request. The connection is closed afterwards. Not asked about a body that is cut short or broken:
    /// there the connection ends without an answer.
    fn respond_to_error(&self, error: RequestError) -> Reply;
}

/// Why a request is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// It is not HTTP.
    #[error("not an HTTP request")]
    NotHttp,
    /// It has an HTTP version that is neither 0.9 nor 1.
    #[error("unsupported HTTP version")]
    Version,
    /// The target is not one that a request can have.
    #[error("not a target of a request")]
    Target,
    /// The request line is longer than 64 KiB.
    #[error("the request line is too long")]
    TargetTooLong,
    /// A header is none, or the target has control characters.
    #[error("not a header")]
    Headers,
    /// The head is longer than 64 KiB.
    #[error("the head is too large")]
    HeadTooLarge,
    /// It expects something other than `100-continue`.
    #[error("an expectation that is not known")]
    Expectation,
    /// The body has another transfer coding than chunks.
    #[error("an unknown transfer coding")]
    Coding,
    /// The length of the body is invalid or contradictory, or there must be none.
    #[error("the body has no valid length")]
    Length,
    /// The chunks of the body are none.
    #[error("invalid chunks")]
    Chunks,
    /// The body ends before its length, or does not come in time.
    #[error("the body is cut short")]
    CutShort,
}

/// The target of a CONNECT, among the extensions of its head: what is said there need not be a URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(pub String);

/// A reply.
pub struct Reply {
    /// Head and body, as they are sent.
    pub bytes: Vec<u8>,
    /// What happens to the connection afterwards.
    pub then: AfterReply,
}

/// What happens to a connection after a reply.
pub enum AfterReply {
    /// It is kept for the next request.
    Keep,
    /// It is closed.
    Close,
    /// More of the reply follows.
    PassOn(Box<Rest>),
    /// The stream is dropped without a shutdown, which a listener on sockets can turn into a reset.
    Reset,
    /// It is handed over, to a tunnel for example.
    HandOver(Handover),
}

/// What is still to come of a server's answer, and passed on while it comes. If it breaks off, the connection is closed.
pub struct Rest {
    /// The answer.
    pub answer: Streamed,
    /// Whether it is sent in chunks. Else its length was told, or its end is the connection's.
    pub in_chunks: bool,
    /// Whether the connection is kept for the next request.
    pub keeps: bool,
}

/// What takes over a connection.
pub type Handover = Box<dyn FnOnce(Connection) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// For how long a client may say nothing, in the real machine's time: where it does not run, for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patience {
    /// Between two requests.
    pub idle: Option<Duration>,
    /// Before the first request, and within a head.
    pub head: Option<Duration>,
    /// From the end of a head to the end of the body.
    pub body: Option<Duration>,
}

/// Serves a connection until either side closes it, or the client says nothing for too long.
pub async fn serve(connection: Connection, responder: Arc<dyn Responder>, patience: Patience) {
    let Connection { stream, tls } = connection;
    let mut reader = RequestReader::new(stream, patience);
    loop {
        let reply = match reader.head().await {
            Ok(Some(head)) => exchange(&mut reader, head, responder.as_ref()).await,
            // The client has closed the connection.
            Ok(None) => return reader.shut().await,
            Err(error) => Reply { then: AfterReply::Close, ..responder.respond_to_error(error) },
        };
        if reader.stream().write_all(&reply.bytes).await.is_err() {
            return;
        }
        let keeps = match reply.then {
            AfterReply::Keep => true,
            AfterReply::Close => false,
            AfterReply::PassOn(rest) => {
                let keeps = rest.keeps;
                pass_on(&mut reader, *rest).await && keeps
            }
            AfterReply::Reset => return,
            AfterReply::HandOver(next) => {
                let (stream, read_ahead) = reader.into_parts();
                return next(Connection { stream: unread(read_ahead, stream), tls }).await;
            }
        };
        if !keeps || !RequestBody(&mut reader).skip().await {
            break;
        }
    }
    reader.close().await;
}

async fn exchange(
    reader: &mut RequestReader,
    head: Request<()>,
    responder: &dyn Responder,
) -> Reply {
    if let Some(reply) = responder.respond_to_head(&head).await {
        return reply;
    }
    if expects_continue(&head) && reader.stream().write_all(CONTINUE).await.is_err() {
        return Reply { bytes: Vec::new(), then: AfterReply::Close };
    }
    match responder.respond(head, RequestBody(reader)).await {
        Ok(reply) => reply,
        Err(RequestError::Chunks) => Reply { bytes: Vec::new(), then: AfterReply::Reset },
        Err(RequestError::CutShort) => Reply { bytes: Vec::new(), then: AfterReply::Close },
        Err(error) => Reply { then: AfterReply::Close, ..responder.respond_to_error(error) },
    }
}

/// Passes on the rest of an answer. Returns whether its end was.
async fn pass_on(reader: &mut RequestReader, mut rest: Rest) -> bool {
    loop {
        let Ok(piece) = rest.answer.next().await else { return false };
        let is_end = piece.is_none();
        let piece = piece.unwrap_or_default();
        let piece = if rest.in_chunks { chunk(&piece) } else { piece };
        if reader.stream().write_all(&piece).await.is_err() {
            return false;
        }
        if is_end {
            return true;
        }
    }
}

/// Bytes as a chunk; no bytes are the end of the chunks.
pub fn chunk(bytes: &[u8]) -> Bytes {
    let mut out = format!("{:x}\r\n", bytes.len()).into_bytes();
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
    out.into()
}

/// Whether the client wants to keep the connection (RFC 9112, 9.3). Old clients of proxies say so in `Proxy-Connection`.
pub fn is_persistent<T>(request: &Request<T>) -> bool {
    let headers = request.headers();
    let has_token =
        |token| has(headers, &CONNECTION, token) || has(headers, &PROXY_CONNECTION, token);
    match request.version() {
        Version::HTTP_11 => !has_token("close"),
        Version::HTTP_09 => false,
        _ => has_token("keep-alive") && !has_token("close"),
    }
}

fn expects_continue(head: &Request<()>) -> bool {
    head.version() == Version::HTTP_11 && has(head.headers(), &EXPECT, "100-continue")
}

fn has(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|value| value.trim().eq_ignore_ascii_case(token))
}

const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// The most bytes of an unwanted body that are read and discarded to get to the next request.
const SKIPPED_BYTES_MAX: usize = 2 * BODY_BYTES_MAX;

#[cfg(test)]
mod tests;
