//! Reads heads and bodies from a connection. Whatever the client sends, no more is kept than the limits here allow.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use bytes::{Buf, Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};
use marslab_model::net::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{RequestError, SKIPPED_BYTES_MAX};
use crate::HEAD_BYTES_MAX;
use crate::http::BODY_BYTES_MAX;

/// Reads the requests on one connection.
pub(super) struct RequestReader {
    stream: Box<dyn Stream>,
    /// Bytes that were read but not used yet.
    buffer: BytesMut,
    /// The unread part of the last request's body.
    rest: Body,
}

/// The unread part of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// This many bytes.
    Bytes(u64),
    /// Chunks.
    Chunks,
    /// Unknown.
    Unknown,
}

impl RequestReader {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, buffer: BytesMut::with_capacity(FIRST_BYTES), rest: Body::Bytes(0) }
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

    /// The head of the next request, or `None` if the client closed the connection.
    pub(super) async fn head(&mut self) -> Result<Option<Request<()>>, RequestError> {
        // Until a head is whole and valid.
        self.rest = Body::Unknown;
        let mut scanned = 0;
        loop {
            while self.buffer.first().is_some_and(|byte| b"\r\n".contains(byte)) {
                self.buffer.advance(1);
                scanned = 0;
            }
            let is_whole = has_end(&self.buffer, scanned);
            if is_whole || self.buffer.first().is_some_and(|byte| !byte.is_ascii_graphic()) {
                return self.parse().map(Some);
            }
            scanned = self.buffer.len();
            if scanned >= HEAD_BYTES_MAX {
                return Err(RequestError::HeadTooLarge);
            }
            if !read_some(&mut self.stream, &mut self.buffer).await {
                return Ok(None);
            }
        }
    }

    fn parse(&mut self) -> Result<Request<()>, RequestError> {
        let (mut few, mut many) = ([httparse::EMPTY_HEADER; HEADERS_USUAL], Vec::new());
        let mut read = httparse::Request::new(&mut few);
        let mut parsed = read.parse(&self.buffer);
        if parsed == Err(httparse::Error::TooManyHeaders) {
            many.resize(HEADERS_MAX, httparse::EMPTY_HEADER);
            read = httparse::Request::new(&mut many);
            parsed = read.parse(&self.buffer);
        }
        let length = match parsed {
            Ok(httparse::Status::Complete(length)) if length <= HEAD_BYTES_MAX => length,
            Ok(httparse::Status::Complete(_)) | Err(httparse::Error::TooManyHeaders) => {
                return Err(RequestError::HeadTooLarge);
            }
            Err(httparse::Error::Version) => return Err(RequestError::Version),
            Ok(httparse::Status::Partial) | Err(_) => return Err(RequestError::NotHttp),
        };
        let head = head(&read).ok_or(RequestError::NotHttp)?;
        self.rest = framing(head.headers())?;
        self.buffer.advance(length);
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
                    self.line().await?;
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
            } else if self.line().await.is_err() {
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
                return Err(RequestError::Length);
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
        match length.ok_or(RequestError::Length)? {
            0 => {
                for _ in 0..TRAILERS_MAX {
                    if self.line().await?.is_empty() {
                        self.rest = Body::Bytes(0);
                        return Ok(None);
                    }
                }
                Err(RequestError::HeadTooLarge)
            }
            length => Ok(Some(length)),
        }
    }

    /// The next line without its end.
    async fn line(&mut self) -> Result<Bytes, RequestError> {
        loop {
            if let Some(end) =
                self.buffer.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n')
            {
                let line = self.buffer.split_to(end + 1).freeze();
                let line_end = line.strip_suffix(b"\r\n").map_or(end, <[u8]>::len);
                return Ok(line.slice(..line_end));
            }
            if self.buffer.len() >= LINE_BYTES_MAX
                || !read_some(&mut self.stream, &mut self.buffer).await
            {
                return Err(RequestError::Length);
            }
        }
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

fn head(read: &httparse::Request<'_, '_>) -> Option<Request<()>> {
    let mut head = Request::new(());
    *head.method_mut() = Method::from_bytes(read.method?.as_bytes()).ok()?;
    *head.uri_mut() = Uri::try_from(read.path?).ok()?;
    let is_old = read.version == Some(0);
    *head.version_mut() = if is_old { Version::HTTP_10 } else { Version::HTTP_11 };
    head.headers_mut().reserve(read.headers.len());
    for header in &*read.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        head.headers_mut().append(name, HeaderValue::from_bytes(header.value).ok()?);
    }
    Some(head)
}

/// How the body ends (RFC 9112, 6.3). `Transfer-Encoding` takes precedence over a length, as in Squid.
fn framing(headers: &HeaderMap) -> Result<Body, RequestError> {
    if let Some(coding) = headers.get_all(TRANSFER_ENCODING).iter().next_back() {
        let is_chunked = coding.as_bytes().eq_ignore_ascii_case(b"chunked");
        return if is_chunked { Ok(Body::Chunks) } else { Err(RequestError::Length) };
    }
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    let Some(length) = lengths.next() else { return Ok(Body::Bytes(0)) };
    let is_one = lengths.all(|other| other == length);
    let is_number = length.as_bytes().iter().all(u8::is_ascii_digit);
    let number = length.to_str().ok().filter(|_| is_one && is_number);
    number.and_then(|text| text.parse().ok()).map(Body::Bytes).ok_or(RequestError::Length)
}

/// Room for the head of an ordinary request.
const FIRST_BYTES: usize = 2 << 10;

/// The least room for one read.
const READ_BYTES: usize = 1 << 10;

/// The most headers of an ordinary request.
const HEADERS_USUAL: usize = 64;

/// The most headers of any request. Squid limits only the length of the head.
const HEADERS_MAX: usize = 1_000;

/// The longest line before a chunk, or after the last one.
const LINE_BYTES_MAX: usize = 4 << 10;

/// The most trailers.
const TRAILERS_MAX: usize = 32;
