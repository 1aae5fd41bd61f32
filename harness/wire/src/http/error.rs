//! Why a request was not answered.

use std::error::Error as _;

use http::HeaderMap;
use marslab_model::{Address, DialError};
use thiserror::Error;

use crate::tls::TlsError;

/// Why a request was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpError {
    /// The server could not be reached.
    #[error("cannot connect to `{to}`: {error}")]
    Dial {
        /// The server.
        to: Address,
        /// Why.
        error: DialError,
    },
    /// The proxy could not be reached.
    #[error("cannot connect to the proxy `{proxy}`: {error}")]
    ProxyDial {
        /// The proxy.
        proxy: Address,
        /// Why.
        error: DialError,
    },
    /// The proxy answered a CONNECT with something else than success.
    #[error("the proxy `{proxy}` refused the tunnel with status `{status}`")]
    ProxyRefused {
        /// The proxy.
        proxy: Address,
        /// The status of its answer.
        status: u16,
        /// The headers of its answer; boxed, because an error is moved often and read rarely.
        headers: Box<HeaderMap>,
    },
    /// TLS with the server failed.
    #[error("TLS failed: {0}")]
    Tls(#[from] TlsError),
    /// The peer closed or reset the connection before its answer was complete.
    #[error("the connection was closed before the answer was complete")]
    Closed,
    /// Something is not as HTTP wants it.
    #[error("{reason}")]
    Malformed {
        /// What.
        reason: MessageError,
    },
    /// The answer's body is longer than is read.
    #[error("the answer is longer than `{bytes}` bytes")]
    TooLarge {
        /// The most that is read.
        bytes: usize,
    },
}

/// What is not as HTTP, or as the caller, wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MessageError {
    /// The answer is not HTTP.
    #[error("the answer is not HTTP")]
    NotHttp,
    /// The answer's head has too many or too long headers.
    #[error("the head of the answer is too large")]
    HeadTooLarge,
    /// The body is not the JSON that was expected.
    #[error("the answer is not the expected JSON, at line `{line}`, column `{column}`")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A header of the request has characters that no header may have.
    #[error("the request has a header that cannot be sent")]
    RequestHeader,
    /// The URL of the request cannot be written into a request line.
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
        // A chunk or an unexpected byte that is not HTTP arrives as `InvalidData` or `InvalidInput`.
        match io.map(std::io::Error::kind) {
            Some(std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput) => {
                Self::Malformed { reason: MessageError::NotHttp }
            }
            _ => Self::Closed,
        }
    }
}
