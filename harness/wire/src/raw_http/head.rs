//! The head of a request, read as leniently as Squid 5.7 reads it by default (measured: `relaxed_header_parser`,
//! `uri_whitespace strip`). It is read in two steps, because Squid answers a line that is no request at once, and does not
//! wait for the rest.

use http::header::{CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};

use super::{RequestError, Target};
use crate::HEAD_BYTES_MAX;

/// The first line of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RequestLine {
    method: Method,
    target: String,
    /// HTTP/0.9 is a line without a version: no headers follow.
    pub(super) version: Version,
}

/// How the body of a request goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// This many bytes.
    Bytes(u64),
    /// Chunks, of which the next is to begin.
    Chunks,
    /// This many bytes of a chunk, and then its end and others.
    Chunk(u64),
    /// What may follow the last chunk, after so many trailers.
    Trailers(u32),
    /// Unknown.
    Unknown,
}

impl RequestLine {
    /// Reads a line without its end. Between its parts may be any number of blanks; those within the target are dropped.
    pub(super) fn parse(line: &[u8]) -> Result<Self, RequestError> {
        if line.len() >= HEAD_BYTES_MAX {
            return Err(RequestError::TargetTooLong);
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let end = line.iter().position(|byte| is_blank(*byte)).ok_or(RequestError::NotHttp)?;
        let (name, rest) = line.split_at(end);
        let method = method(name).ok_or(RequestError::NotHttp)?;
        let start = rest.iter().position(|byte| !is_blank(*byte)).ok_or(RequestError::NotHttp)?;
        let rest = rest.get(start..).unwrap_or_default();
        let split = rest.iter().rposition(|byte| is_blank(*byte));
        let (target, last) = rest.split_at(split.map_or(rest.len(), |at| at + 1));
        let (target, version) = match version(last) {
            Some([1, 0]) => (target, Version::HTTP_10),
            Some([1, 1..=9]) => (target, Version::HTTP_11),
            Some([0, 9]) => (target, Version::HTTP_09),
            Some([2, 0]) if method.as_str() == "PRI" => return Err(RequestError::Target),
            Some(_) => return Err(RequestError::Version),
            // What is no version belongs to the target.
            None => (rest, Version::HTTP_09),
        };
        if version == Version::HTTP_09 && method != Method::GET {
            return Err(RequestError::NotHttp);
        }
        Ok(Self { method, target: escaped(target)?, version })
    }

    /// A request with this line and these headers.
    pub(super) fn request(self, headers: HeaderMap) -> Result<Request<()>, RequestError> {
        let Self { method, target, version } = self;
        let mut request = Request::new(());
        if method == Method::CONNECT {
            request.extensions_mut().insert(Target(target));
        } else {
            *request.uri_mut() = Uri::try_from(target).map_err(|_no_uri| RequestError::Target)?;
        }
        *request.method_mut() = method;
        *request.version_mut() = version;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// Reads header lines up to an empty one, which is there. A line that begins with a blank continues the one before it.
pub(super) fn headers(block: &[u8]) -> Result<HeaderMap, RequestError> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in block.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line, lines.last_mut()) {
            ([], _) => break,
            ([b' ' | b'\t', ..], Some(before)) => before.extend_from_slice(line),
            // There is nothing that it could continue.
            ([b' ' | b'\t', ..], None) => {}
            _ => lines.push(line.to_vec()),
        }
    }
    let mut headers = HeaderMap::with_capacity(lines.len());
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = colon.and_then(|at| line.split_at_checked(at)).unwrap_or_default();
        let name = HeaderName::from_bytes(name).map_err(|_no_name| RequestError::Headers)?;
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        if value.contains(&0) {
            return Err(RequestError::Headers);
        }
        // Squid passes other control characters on; the lab's servers get a blank in their place.
        let plain = value.iter().map(|byte| if is_control(*byte) { b' ' } else { *byte });
        let plain: Vec<u8> = plain.collect();
        let value = HeaderValue::from_bytes(&plain).map_err(|_no_value| RequestError::Headers)?;
        let added = headers.try_append(name, value);
        added.map_err(|_too_many| RequestError::HeadTooLarge)?;
    }
    Ok(headers)
}

/// How the body ends (RFC 9112, 6.3). `Transfer-Encoding` takes precedence over a length, as in Squid, which also lets only
/// some methods have a body (`request_entities off`), and knows one expectation.
pub(super) fn framing(head: &Request<()>) -> Result<Body, RequestError> {
    let headers = head.headers();
    let mut expected = headers.get_all(EXPECT).iter();
    if !expected.all(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue")) {
        return Err(RequestError::Expectation);
    }
    let codings: Vec<&HeaderValue> = headers.get_all(TRANSFER_ENCODING).iter().collect();
    let body = match codings.as_slice() {
        [one] if one.as_bytes().eq_ignore_ascii_case(b"chunked") => Body::Chunks,
        [one] if one.as_bytes().eq_ignore_ascii_case(b"identity") => length(headers)?,
        [] => length(headers)?,
        _ => return Err(RequestError::Coding),
    };
    let has_none = [Method::GET, Method::HEAD].contains(head.method());
    if has_none && body != Body::Bytes(0) { Err(RequestError::Length) } else { Ok(body) }
}

/// The length that all lines state, which may repeat it.
fn length(headers: &HeaderMap) -> Result<Body, RequestError> {
    let mut stated = None;
    for value in headers.get_all(CONTENT_LENGTH) {
        for one in value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
            let is_number = !one.is_empty() && one.iter().all(u8::is_ascii_digit);
            let number = str::from_utf8(one).ok().filter(|_| is_number);
            let number: Option<u64> = number.and_then(|digits| digits.parse().ok());
            if number.is_none() || stated.is_some_and(|before| Some(before) != number) {
                return Err(RequestError::Length);
            }
            stated = number;
        }
    }
    Ok(Body::Bytes(stated.unwrap_or(0)))
}

/// A method; those that HTTP has in any spelling.
fn method(name: &[u8]) -> Option<Method> {
    let fits = (1..=METHOD_BYTES_MAX).contains(&name.len());
    let known = Method::from_bytes(&name.to_ascii_uppercase()).ok().filter(|it| KNOWN.contains(it));
    known.or_else(|| Method::from_bytes(name).ok()).filter(|_| fits)
}

/// `HTTP/1.1` as `[1, 1]`. More digits than one are a version that there is not.
fn version(text: &[u8]) -> Option<[u8; 2]> {
    let (major, minor) = str::from_utf8(text.strip_prefix(b"HTTP/")?).ok()?.split_once('.')?;
    let digit = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok().filter(|_| text.len() == 1).unwrap_or(u8::MAX))
    };
    Some([digit(major)?, digit(minor)?])
}

/// A target without blanks. What a [`Uri`] has no place for is percent-encoded; Squid passes it on as it is.
fn escaped(target: &[u8]) -> Result<String, RequestError> {
    let mut out = String::with_capacity(target.len());
    for byte in target.iter().copied().filter(|byte| !is_blank(*byte)) {
        match byte {
            0..0x20 | 0x7f => return Err(RequestError::Headers),
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                out.push('%');
                out.push_str(&hex::encode_upper([byte]));
            }
            _ => out.push(char::from(byte)),
        }
    }
    Ok(out)
}

/// What separates the parts of a request line.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c | b'\r')
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && byte != b'\t'
}

/// The longest method, in bytes.
const METHOD_BYTES_MAX: usize = 32;

const KNOWN: [Method; 9] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
    Method::PATCH,
    Method::CONNECT,
];
