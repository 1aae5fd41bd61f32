//! Reading heads and bodies from a connection. Whatever comes, no more is kept than the named limits allow.

use bytes::{Buf, Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};
use marslab_model::net::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{RequestError, SKIPPED_BYTES_MAX};
use crate::HEAD_BYTES_MAX;
use crate::http::BODY_BYTES_MAX;

/// What a client sends.
pub(super) struct RequestReader {
    stream: Box<dyn Stream>,
    /// What was read and not yet used.
    said: BytesMut,
    /// What is left of the body of the last request.
    left: Body,
}

/// What is left of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// So many bytes.
    Bytes(u64),
    /// Chunks.
    Chunks,
    /// It cannot be told.
    Unclear,
}

impl RequestReader {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, said: BytesMut::with_capacity(FIRST_BYTES), left: Body::Bytes(0) }
    }

    pub(super) fn stream(&mut self) -> &mut dyn Stream {
        &mut self.stream
    }

    /// The stream, and what was read of it ahead.
    pub(super) fn into_parts(self) -> (Box<dyn Stream>, Bytes) {
        (self.stream, self.said.freeze())
    }

    /// Ends the connection; whatever the client still sends is not waited for.
    pub(super) async fn close(mut self) {
        // There is nobody left to be told that it failed.
        drop(self.stream.shutdown().await);
        read_some(&mut self.stream, &mut self.said).await;
    }

    /// The head of the next request; nothing where the client has gone.
    pub(super) async fn head(&mut self) -> Result<Option<Request<()>>, RequestError> {
        let mut looked = 0;
        loop {
            while self.said.first().is_some_and(|byte| b"\r\n".contains(byte)) {
                self.said.advance(1);
                looked = 0;
            }
            let is_whole = has_end(&self.said, looked);
            if is_whole || self.said.first().is_some_and(|byte| !byte.is_ascii_graphic()) {
                return self.parse().map(Some);
            }
            looked = self.said.len();
            if looked >= HEAD_BYTES_MAX {
                return Err(RequestError::HeadTooLarge);
            }
            if !read_some(&mut self.stream, &mut self.said).await {
                return Ok(None);
            }
        }
    }

    fn parse(&mut self) -> Result<Request<()>, RequestError> {
        let (mut usual, mut many) = ([httparse::EMPTY_HEADER; HEADERS_USUAL], Vec::new());
        let mut read = httparse::Request::new(&mut usual);
        let mut parsed = read.parse(&self.said);
        if parsed == Err(httparse::Error::TooManyHeaders) {
            many.resize(HEADERS_MAX, httparse::EMPTY_HEADER);
            read = httparse::Request::new(&mut many);
            parsed = read.parse(&self.said);
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
        self.left = framing(head.headers())?;
        self.said.advance(length);
        Ok(head)
    }

    /// The body of the request whose head was read last.
    pub(super) async fn body(&mut self) -> Result<Bytes, RequestError> {
        let mut body = BytesMut::new();
        match std::mem::replace(&mut self.left, Body::Unclear) {
            Body::Unclear => return Err(RequestError::Length),
            Body::Bytes(length) => self.take(length, &mut body).await?,
            Body::Chunks => {
                while let Some(length) = self.chunk().await? {
                    self.take(length, &mut body).await?;
                    self.line().await?;
                }
            }
        }
        self.left = Body::Bytes(0);
        Ok(body.freeze())
    }

    /// Throws away what is left of a body. Tells whether the next request follows.
    pub(super) async fn skip_body(&mut self) -> bool {
        let mut skipped = 0;
        while self.left != Body::Bytes(0) {
            let next = match self.left {
                Body::Bytes(length) => Ok(Some(length)),
                Body::Chunks => self.chunk().await,
                Body::Unclear => return false,
            };
            let Ok(Some(length)) = next else {
                // Behind the last chunk there is nothing left.
                return next.is_ok();
            };
            skipped += length;
            if skipped > SKIPPED_BYTES_MAX as u64 || !self.skip(length).await {
                return false;
            }
            if self.left != Body::Chunks {
                self.left = Body::Bytes(0);
            } else if self.line().await.is_err() {
                return false;
            }
        }
        true
    }

    async fn skip(&mut self, length: u64) -> bool {
        let mut left = length;
        loop {
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(self.said.len());
            self.said.advance(here);
            left -= here as u64;
            if left == 0 {
                return true;
            }
            if !read_some(&mut self.stream, &mut self.said).await {
                return false;
            }
        }
    }

    /// Reads so many more bytes of a body.
    async fn take(&mut self, length: u64, body: &mut BytesMut) -> Result<(), RequestError> {
        let length = usize::try_from(length).map_err(|_huge| RequestError::BodyTooLarge)?;
        if length > BODY_BYTES_MAX - body.len() {
            return Err(RequestError::BodyTooLarge);
        }
        while self.said.len() < length {
            if !read_some(&mut self.stream, &mut self.said).await {
                return Err(RequestError::Length);
            }
        }
        body.extend_from_slice(&self.said.split_to(length));
        Ok(())
    }

    /// The length of the next chunk; nothing at the end, when what follows the last one was read, too.
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
                        self.left = Body::Bytes(0);
                        return Ok(None);
                    }
                }
                Err(RequestError::HeadTooLarge)
            }
            length => Ok(Some(length)),
        }
    }

    /// A line, without its end.
    async fn line(&mut self) -> Result<Bytes, RequestError> {
        loop {
            if let Some(end) = self.said.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n')
            {
                let line = self.said.split_to(end + 1).freeze();
                let line_end = line.strip_suffix(b"\r\n").map_or(end, <[u8]>::len);
                return Ok(line.slice(..line_end));
            }
            if self.said.len() >= LINE_BYTES_MAX
                || !read_some(&mut self.stream, &mut self.said).await
            {
                return Err(RequestError::Length);
            }
        }
    }
}

/// Reads what there is. Tells whether there was anything.
async fn read_some(stream: &mut (impl Stream + ?Sized), said: &mut BytesMut) -> bool {
    said.reserve(READ_BYTES);
    matches!(stream.read_buf(said).await, Ok(1..))
}

/// Whether a head ends behind `looked`, of which only its own end may belong to that of the head.
fn has_end(said: &[u8], looked: usize) -> bool {
    let fresh = said.get(looked.saturating_sub(3)..).unwrap_or_default();
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

/// How the body ends (RFC 9112, 6.3). Chunks go before a length, as Squid has it.
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

/// As much as is read at once, at least.
const READ_BYTES: usize = 1 << 10;

/// As many headers as requests usually have at most.
const HEADERS_USUAL: usize = 64;

/// The most headers of a request. Squid has no limit but that of the head's length.
const HEADERS_MAX: usize = 1_000;

/// The longest line before a chunk, or behind the last one.
const LINE_BYTES_MAX: usize = 4 << 10;

/// The most lines behind the last chunk.
const TRAILERS_MAX: usize = 32;
