//! Reads heads and bodies from a connection. Whatever the client sends, no more is kept than the limits here allow.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderMap, Request, Version};
use marslab_model::net::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::head::{self, Body, RequestLine};
use super::{Patience, RequestError, SKIPPED_BYTES_MAX};
use crate::HEAD_BYTES_MAX;
use crate::http::BODY_BYTES_MAX;

/// Reads the requests on one connection.
pub(super) struct RequestReader {
    stream: Box<dyn Stream>,
    /// Bytes that were read but not used yet.
    buffer: BytesMut,
    /// The unread part of the last request's body.
    rest: Body,
    /// Whether there was a request before.
    has_served: bool,
}

impl RequestReader {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            buffer: BytesMut::with_capacity(FIRST_BYTES),
            rest: Body::Bytes(0),
            has_served: false,
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
        let last = read_some(&mut self.stream, &mut self.buffer);
        if self.rest == Body::Bytes(0) {
            poll_once(last).await;
        } else {
            last.await;
        }
    }

    /// Closes a connection that the client has closed.
    pub(super) async fn shut(&mut self) {
        // On failure there is no one to report it to.
        drop(self.stream.shutdown().await);
    }

    /// The head of the next request, or `None` if the client closed the connection or says nothing for too long.
    pub(super) async fn head(
        &mut self,
        patience: Patience,
    ) -> Result<Option<Request<()>>, RequestError> {
        // Until a head is whole and valid.
        self.rest = Body::Unknown;
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
            let patience = match (scanned, self.has_served) {
                (0, true) => patience.idle,
                _ => patience.head,
            };
            let Some(read) = within(patience, read_some(&mut self.stream, &mut self.buffer)).await
            else {
                return Ok(None);
            };
            if !read {
                return Ok(None);
            }
        }
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

    /// The body of the last request.
    pub(super) async fn body(&mut self) -> Result<Bytes, RequestError> {
        let mut body = BytesMut::new();
        match std::mem::replace(&mut self.rest, Body::Unknown) {
            Body::Unknown => return Err(RequestError::Length),
            Body::Bytes(length) => self.take(length, &mut body).await?,
            Body::Chunks => {
                while let Some(length) = self.chunk().await? {
                    self.take(length, &mut body).await?;
                    self.chunk_end().await?;
                }
            }
        }
        self.rest = Body::Bytes(0);
        Ok(body.freeze())
    }

    /// Discards the rest of the body. Returns whether the next request can be read.
    pub(super) async fn skip_body(&mut self) -> bool {
        let mut skipped = 0;
        while self.rest != Body::Bytes(0) {
            let next = match self.rest {
                Body::Bytes(length) => Ok(Some(length)),
                Body::Chunks => self.chunk().await,
                Body::Unknown => return false,
            };
            let Ok(Some(length)) = next else {
                // `None` is the end of the last chunk.
                return next.is_ok();
            };
            skipped += length;
            if skipped > SKIPPED_BYTES_MAX as u64 || !self.skip(length).await {
                return false;
            }
            if self.rest != Body::Chunks {
                self.rest = Body::Bytes(0);
            } else if self.chunk_end().await.is_err() {
                return false;
            }
        }
        true
    }

    async fn skip(&mut self, length: u64) -> bool {
        let mut left = length;
        loop {
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(self.buffer.len());
            self.buffer.advance(here);
            left -= here as u64;
            if left == 0 {
                return true;
            }
            if !read_some(&mut self.stream, &mut self.buffer).await {
                return false;
            }
        }
    }

    /// Appends this many bytes to a body.
    async fn take(&mut self, length: u64, body: &mut BytesMut) -> Result<(), RequestError> {
        let length = usize::try_from(length).map_err(|_huge| RequestError::BodyTooLarge)?;
        if length > BODY_BYTES_MAX - body.len() {
            return Err(RequestError::BodyTooLarge);
        }
        while self.buffer.len() < length {
            if !read_some(&mut self.stream, &mut self.buffer).await {
                return Err(RequestError::CutShort);
            }
        }
        body.extend_from_slice(&self.buffer.split_to(length));
        Ok(())
    }

    /// The length of the next chunk, or `None` at the end, after the trailers.
    async fn chunk(&mut self) -> Result<Option<u64>, RequestError> {
        let line = self.line().await?;
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
        let text = str::from_utf8(digits).ok().filter(|_| is_number && digits.len() <= 8);
        let length = text.and_then(|text| u64::from_str_radix(text, 16).ok());
        match length.ok_or(RequestError::Chunks)? {
            0 => {
                for _ in 0..TRAILERS_MAX {
                    if self.line().await?.is_empty() {
                        self.rest = Body::Bytes(0);
                        return Ok(None);
                    }
                }
                Err(RequestError::Chunks)
            }
            length => Ok(Some(length)),
        }
    }

    /// The end of a chunk.
    async fn chunk_end(&mut self) -> Result<(), RequestError> {
        if self.line().await?.is_empty() { Ok(()) } else { Err(RequestError::Chunks) }
    }

    /// The next line of the chunks, without its end. Here Squid takes no bare line feed.
    async fn line(&mut self) -> Result<Bytes, RequestError> {
        loop {
            if let Some(end) =
                self.buffer.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n')
            {
                let line = self.buffer.split_to(end + 1).freeze();
                let text = line.strip_suffix(b"\r\n").ok_or(RequestError::Chunks)?;
                return Ok(line.slice_ref(text));
            }
            if self.buffer.len() >= LINE_BYTES_MAX {
                return Err(RequestError::Chunks);
            }
            if !read_some(&mut self.stream, &mut self.buffer).await {
                return Err(RequestError::CutShort);
            }
        }
    }
}

/// What comes of a future that may take so long of the real machine's time; nothing where it takes longer.
async fn within<T>(limit: Option<Duration>, future: impl Future<Output = T>) -> Option<T> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, future).await.ok(),
        None => Some(future.await),
    }
}

/// Reads what is available. Returns whether there was anything.
async fn read_some(stream: &mut (impl Stream + ?Sized), buffer: &mut BytesMut) -> bool {
    buffer.reserve(READ_BYTES);
    matches!(stream.read_buf(buffer).await, Ok(1..))
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

/// The longest line before a chunk, or after the last one.
const LINE_BYTES_MAX: usize = 4 << 10;

/// The most trailers.
const TRAILERS_MAX: usize = 32;
