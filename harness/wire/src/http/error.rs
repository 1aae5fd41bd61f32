//! Why a request failed.

use std::error::Error as _;

use http::HeaderMap;
use marslab_model::{Address, DialError};
use thiserror::Error;

use crate::tls::TlsError;

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpError {
    /// The server could not be reached.
    #[error("cannot connect to `{to}`: {error}")]
    Dial {
        /// The server.
        to: Address,
        /// The reason.
        error: DialError,
    },
    /// The proxy could not be reached.
    #[error("cannot connect to the proxy `{proxy}`: {error}")]
    ProxyDial {
        /// The proxy.
        proxy: Address,
        /// The reason.
        error: DialError,
    },
    /// The proxy did not accept a CONNECT.
    #[error("the proxy `{proxy}` refused the tunnel with status {status}")]
    ProxyRefused {
        /// The proxy.
        proxy: Address,
        /// The status of its response.
        status: u16,
        /// The headers of its response. Boxed, because errors are moved often and read rarely.
        headers: Box<HeaderMap>,
    },
    /// TLS with the server failed.
    #[error("TLS failed: {0}")]
    Tls(#[from] TlsError),
    /// The peer closed or reset the connection before its response was complete.
    #[error("the connection was closed before the response was complete")]
    Closed,
    /// The request or the response is malformed.
    #[error("{reason}")]
    Malformed {
        /// What is malformed.
        reason: MessageError,
    },
    /// The response's body is too long.
    #[error("the response is longer than {bytes} bytes")]
    TooLarge {
        /// The longest body that is read.
        bytes: usize,
    },
}

/// What is malformed in a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MessageError {
    /// The response is not HTTP.
    #[error("the response is not HTTP")]
    NotHttp,
    /// The response has too many headers, or too long ones.
    #[error("the head of the response is too large")]
    HeadTooLarge,
    /// The body is not the JSON that was expected.
    #[error("the response is not the expected JSON, at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A header of the request has characters that are not allowed in headers.
    #[error("the request has a header that cannot be sent")]
    RequestHeader,
    /// The URL of the request does not fit into a request line.
    #[error("the request has a URL that cannot be sent")]
    RequestUrl,
}

impl From<hyper::Error> for HttpError {
    fn from(error: hyper::Error) -> Self {
        if error.is_parse_too_large() {
            return Self::Malformed { reason: MessageError::HeadTooLarge };
        }
        if error.is_parse() {
            return Self::Malformed { reason: MessageError::NotHttp };
        }
        let io = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
        // hyper reports malformed chunks and unexpected bytes as `InvalidData` or `InvalidInput`.
        match io.map(std::io::Error::kind) {
            Some(std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput) => {
                Self::Malformed { reason: MessageError::NotHttp }
            }
            _ => Self::Closed,
        }
    }
}
