//! Reads heads from a connection, and what bodies are made of. Whatever the client sends, no more is kept than the limits here allow.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderMap, Request, Version};
use marslab_model::net::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use super::deadline::Deadline;
use super::head::{self, Body, RequestLine};
use super::{Patience, RequestError};
use crate::HEAD_BYTES_MAX;

/// Reads the requests on one connection.
pub(super) struct RequestReader {
    stream: Box<dyn Stream>,
    /// Bytes that were read but not used yet.
    buffer: BytesMut,
    /// The unread part of the last request's body.
    pub(super) rest: Body,
    /// Whether there was a request before.
    has_served: bool,
    patience: Patience,
    /// When the body of the last request must have come.
    deadline: Option<Instant>,
    timer: Deadline,
}

impl RequestReader {
    pub(super) fn new(stream: Box<dyn Stream>, patience: Patience) -> Self {
        Self {
            stream,
            buffer: BytesMut::with_capacity(FIRST_BYTES),
            rest: Body::Bytes(0),
            has_served: false,
            patience,
            deadline: None,
            timer: Deadline::default(),
        }
    }

    pub(super) fn stream(&mut self) -> &mut dyn Stream {
        &mut self.stream
    }

    /// The stream, and the bytes that were read ahead of it.
    pub(super) fn into_parts(self) -> (Box<dyn Stream>, Bytes) {
        (self.stream, self.buffer.freeze())
    }

    /// Closes the connection, and reads once more, because a socket that is dropped with unread bytes is reset. Only bytes of
    /// a body are waited for.
    pub(super) async fn close(mut self) {
        self.shut().await;
        self.deadline = self.deadline.or_else(|| after(self.patience.head));
        let has_more = self.rest != Body::Bytes(0);
        let last = self.read_body(READ_BYTES);
        if has_more {
            last.await;
        } else {
            poll_once(last).await;
        }
    }

    /// Closes a connection that the client has closed.
    pub(super) async fn shut(&mut self) {
        // On failure there is no one to report it to.
        drop(self.stream.shutdown().await);
    }

    /// The head of the next request, or `None` if the client closed the connection or says nothing for too long.
    pub(super) async fn head(&mut self) -> Result<Option<Request<()>>, RequestError> {
        // Until a head is whole and valid.
        (self.rest, self.deadline) = (Body::Unknown, None);
        let mut line = None;
        let mut scanned = 0;
        loop {
            while line.is_none() && self.buffer.first().is_some_and(|byte| b"\r\n".contains(byte)) {
                self.buffer.advance(1);
                scanned = 0;
            }
            if self.buffer.first().is_some_and(|byte| line.is_none() && !byte.is_ascii_graphic()) {
                return Err(RequestError::NotHttp);
            }
            if line.is_none() {
                line = self.request_line(scanned)?;
                scanned = 0;
            }
            if line.is_some() && has_end(&self.buffer, scanned) {
                break;
            }
            scanned = self.buffer.len();
            match (line.is_some(), scanned >= HEAD_BYTES_MAX) {
                (true, true) => return Err(RequestError::HeadTooLarge),
                (false, true) => return Err(RequestError::TargetTooLong),
                (_, false) => {}
            }
            // Of HTTP/0.9 there is no more.
            if matches!(&line, Some((line, _)) if line.version == Version::HTTP_09) {
                break;
            }
            let limit = match (scanned, self.has_served) {
                (0, true) => self.patience.idle,
                _ => self.patience.head,
            };
            if !self.read_some(READ_BYTES, after(limit)).await {
                return Ok(None);
            }
        }
        self.deadline = after(self.patience.body);
        self.has_served = true;
        line.map(|(line, end)| self.parse(line, end)).transpose()
    }

    /// The request line, and where it ends, once it is whole. The first `scanned` bytes are known not to contain its end.
    fn request_line(&self, scanned: usize) -> Result<Option<(RequestLine, usize)>, RequestError> {
        let fresh = self.buffer.get(scanned..).unwrap_or_default();
        let Some(end) = fresh.iter().position(|byte| *byte == b'\n') else { return Ok(None) };
        let end = scanned + end;
        let line = self.buffer.get(..end).unwrap_or_default();
        Ok(Some((RequestLine::parse(line)?, end + 1)))
    }

    fn parse(&mut self, line: RequestLine, end: usize) -> Result<Request<()>, RequestError> {
        if line.version == Version::HTTP_09 {
            self.buffer.advance(end);
            self.rest = Body::Bytes(0);
            return line.request(HeaderMap::new());
        }
        let length = length(&self.buffer);
        if length > HEAD_BYTES_MAX {
            return Err(RequestError::HeadTooLarge);
        }
        let head = self.buffer.split_to(length);
        let head = line.request(head::headers(head.get(end..).unwrap_or_default())?)?;
        self.rest = head::framing(&head)?;
        Ok(head)
    }

    /// Reads more of a body, if it comes in time.
    pub(super) async fn read_body(&mut self, room: usize) -> bool {
        self.read_some(room, self.deadline).await
    }

    /// Reads what is available. Returns whether there was anything until then.
    async fn read_some(&mut self, room: usize, until: Option<Instant>) -> bool {
        self.buffer.reserve(room);
        let mut read = pin!(self.stream.read_buf(&mut self.buffer));
        let timer = &mut self.timer;
        poll_fn(|context| match (read.as_mut().poll(context), until) {
            (Poll::Ready(read), _) => Poll::Ready(matches!(read, Ok(1..))),
            (Poll::Pending, Some(until)) => timer.poll(until, context).map(|()| false),
            (Poll::Pending, None) => Poll::Pending,
        })
        .await
    }

    /// What was read and not used yet.
    pub(super) fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }
}

/// When so much of the real machine's time has passed.
fn after(limit: Option<Duration>) -> Option<Instant> {
    limit.map(|limit| Instant::now() + limit)
}

/// Does what can be done without waiting.
async fn poll_once(future: impl Future) {
    let mut future = pin!(future);
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_ready())).await;
}

/// Whether the head is complete. The first `scanned` bytes are known not to contain the whole end of it.
fn has_end(buffer: &[u8], scanned: usize) -> bool {
    let fresh = buffer.get(scanned.saturating_sub(3)..).unwrap_or_default();
    fresh.windows(2).any(|pair| pair == b"\n\n") || fresh.windows(3).any(|three| three == b"\n\r\n")
}

/// How long a head is that is complete.
fn length(buffer: &[u8]) -> usize {
    let mut line = 0;
    for (at, byte) in buffer.iter().enumerate() {
        match byte {
            b'\n' if line == 0 => return at + 1,
            b'\n' => line = 0,
            b'\r' if buffer.get(at + 1) == Some(&b'\n') => {}
            _ => line += 1,
        }
    }
    buffer.len()
}

/// Room for the head of an ordinary request.
const FIRST_BYTES: usize = 2 << 10;

/// The least room for one read.
const READ_BYTES: usize = 1 << 10;
