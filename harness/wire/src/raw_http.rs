//! An HTTP/1.x server on one connection whose answers are written byte for byte.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `request_reader` | reading heads and bodies, bounded |
//!
//! [`serve`](crate::serve) leaves writing to hyper, which writes what is right: lengths that are the body's, names of
//! headers in one spelling, chunks where a length is unknown. Products that have to be imitated do none of that: they end
//! a body by closing the connection, give a CONNECT's success a length, break off in the middle. Here the answer is the
//! bytes. It may be given before the body of the request is read, so that `Expect: 100-continue` is answered as it is.

mod request_reader;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONNECTION, EXPECT, HeaderMap, HeaderName};
use http::{Request, Version};
use marslab_model::Connection;
use tokio::io::{AsyncWriteExt, join};

use crate::http::BODY_BYTES_MAX;
use request_reader::RequestReader;

/// What answers requests.
#[async_trait]
pub trait Responder: Send + Sync {
    /// Answers a request before its body is read; nothing where the body is wanted first.
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply>;

    /// Answers a request with its body, which is no longer than [`BODY_BYTES_MAX`].
    async fn respond(&self, request: Request<Bytes>) -> Reply;

    /// Answers what is no request. The connection is closed after it.
    fn respond_to_error(&self, error: RequestError) -> Reply;
}

/// What is not as HTTP wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// It is no HTTP.
    NotHttp,
    /// It is HTTP of a version that is not spoken here.
    Version,
    /// The head is longer than 64 KiB, or has more than 1,000 headers.
    HeadTooLarge,
    /// The length of the body is not told, or told in two ways.
    Length,
    /// The body is longer than [`BODY_BYTES_MAX`].
    BodyTooLarge,
}

/// An answer.
pub struct Reply {
    /// Head and body.
    pub bytes: Vec<u8>,
    /// What comes after it.
    pub then: AfterReply,
}

/// What comes after an answer.
pub enum AfterReply {
    /// The next request.
    Keep,
    /// The end.
    Close,
    /// The stream is dropped without being shut down, of which a listener on sockets can make a reset.
    Reset,
    /// Somebody else has the connection.
    HandOver(Handover),
}

/// Somebody who goes on with a connection.
pub type Handover = Box<dyn FnOnce(Connection) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// Serves a connection until either side closes it.
pub async fn serve(connection: Connection, responder: Arc<dyn Responder>) {
    let Connection { stream, tls } = connection;
    let mut reader = RequestReader::new(stream);
    loop {
        let reply = match reader.head().await {
            Ok(Some(head)) => exchange(&mut reader, head, responder.as_ref()).await,
            // The client has gone.
            Ok(None) => break,
            Err(error) => Reply { then: AfterReply::Close, ..responder.respond_to_error(error) },
        };
        if reader.stream().write_all(&reply.bytes).await.is_err() {
            return;
        }
        match reply.then {
            AfterReply::Keep if reader.skip_body().await => {}
            AfterReply::Keep | AfterReply::Close => break,
            AfterReply::Reset => return,
            AfterReply::HandOver(next) => {
                let (stream, said) = reader.into_parts();
                let (read, write) = tokio::io::split(stream);
                let read = tokio::io::AsyncReadExt::chain(std::io::Cursor::new(said), read);
                return next(Connection { stream: Box::new(join(read, write)), tls }).await;
            }
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
    match reader.body().await {
        Ok(body) => responder.respond(head.map(|()| body)).await,
        Err(error) => Reply { then: AfterReply::Close, ..responder.respond_to_error(error) },
    }
}

/// Whether a client means to keep the connection (RFC 9112, 9.3), or says so in the way of old clients of proxies.
pub fn is_persistent<T>(request: &Request<T>) -> bool {
    let headers = request.headers();
    let says = |token| has(headers, &CONNECTION, token) || has(headers, &PROXY_CONNECTION, token);
    match request.version() {
        Version::HTTP_11 => !says("close"),
        _ => says("keep-alive") && !says("close"),
    }
}

fn expects_continue(head: &Request<()>) -> bool {
    head.version() == Version::HTTP_11 && has(head.headers(), &EXPECT, "100-continue")
}

fn has(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|said| said.trim().eq_ignore_ascii_case(token))
}

const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// As much of a body as is read only to be thrown away, so that the next request can be read.
const SKIPPED_BYTES_MAX: usize = 2 * BODY_BYTES_MAX;

#[cfg(test)]
mod tests;
