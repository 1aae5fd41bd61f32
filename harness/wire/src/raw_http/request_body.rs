//! The body of a request, read a piece at a time: no more than a piece is held.

use bytes::Bytes;

use super::head::Body;
use super::request_reader::RequestReader;
use super::{RequestError, SKIPPED_BYTES_MAX};

/// The body of a request. What is not read is skipped before the next request.
pub struct RequestBody<'a>(pub(super) &'a mut RequestReader);

impl RequestBody<'_> {
    /// How many bytes are still to come, if the client has told.
    pub fn length(&self) -> Option<u64> {
        match self.0.rest {
            Body::Bytes(left) => Some(left),
            _ => None,
        }
    }

    /// Whether the end was read.
    pub fn is_over(&self) -> bool {
        self.length() == Some(0)
    }

    /// The next piece; `None` after the last. A call that is given up loses nothing.
    pub async fn next(&mut self) -> Result<Option<Bytes>, RequestError> {
        loop {
            let before = self.0.rest;
            let rest = match before {
                Body::Bytes(0) => return Ok(None),
                Body::Unknown => return Err(RequestError::Length),
                Body::Bytes(left) => {
                    let piece = self.piece(left).await?;
                    self.0.rest = Body::Bytes(left - piece.len() as u64);
                    return Ok(Some(piece));
                }
                Body::Chunk(left @ 1..) => {
                    let piece = self.piece(left).await?;
                    self.0.rest = Body::Chunk(left - piece.len() as u64);
                    return Ok(Some(piece));
                }
                Body::Chunk(0) if self.line().await?.is_empty() => Body::Chunks,
                Body::Chunk(0) => return Err(RequestError::Chunks),
                Body::Chunks => match length(&self.line().await?)? {
                    0 => Body::Trailers(0),
                    length => Body::Chunk(length),
                },
                Body::Trailers(TRAILERS_MAX) => return Err(RequestError::Chunks),
                Body::Trailers(_) if self.line().await?.is_empty() => Body::Bytes(0),
                Body::Trailers(number) => Body::Trailers(number + 1),
            };
            self.0.rest = rest;
        }
    }

    /// What comes up to the end, or until there are more than `most` bytes.
    pub async fn first(&mut self, most: usize) -> Result<Vec<u8>, RequestError> {
        let mut first = Vec::new();
        while first.len() <= most
            && let Some(piece) = self.next().await?
        {
            first.extend_from_slice(&piece);
        }
        Ok(first)
    }

    /// Discards the rest. Returns whether the next request can be read.
    pub(super) async fn skip(mut self) -> bool {
        let mut skipped = 0;
        loop {
            let known = self.length().unwrap_or(0);
            if skipped + known > SKIPPED_BYTES_MAX as u64 {
                return false;
            }
            match self.next().await {
                Ok(Some(piece)) => skipped += piece.len() as u64,
                end => return end.is_ok(),
            }
        }
    }

    /// What has come of this many bytes.
    async fn piece(&mut self, left: u64) -> Result<Bytes, RequestError> {
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        if self.0.buffer().is_empty() && !self.0.read_body(left.min(PIECE_BYTES_MAX)).await {
            return Err(RequestError::CutShort);
        }
        let here = self.0.buffer().len().min(left);
        Ok(self.0.buffer().split_to(here).freeze())
    }

    /// The next line of the chunks, without its end. Here Squid takes no bare line feed.
    async fn line(&mut self) -> Result<Bytes, RequestError> {
        loop {
            let buffer = self.0.buffer();
            if let Some(end) = buffer.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n') {
                let line = buffer.split_to(end + 1).freeze();
                let text = line.strip_suffix(b"\r\n").ok_or(RequestError::Chunks)?;
                return Ok(line.slice_ref(text));
            }
            if buffer.len() >= LINE_BYTES_MAX {
                return Err(RequestError::Chunks);
            }
            if !self.0.read_body(LINE_BYTES_MAX).await {
                return Err(RequestError::CutShort);
            }
        }
    }
}

/// The length of a chunk.
fn length(line: &[u8]) -> Result<u64, RequestError> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let text = str::from_utf8(digits).ok().filter(|_| is_number && digits.len() <= 8);
    text.and_then(|text| u64::from_str_radix(text, 16).ok()).ok_or(RequestError::Chunks)
}

/// The longest piece.
const PIECE_BYTES_MAX: usize = 64 << 10;

/// The longest line before a chunk, or after the last one.
const LINE_BYTES_MAX: usize = 4 << 10;

/// The most trailers.
const TRAILERS_MAX: u32 = 32;
