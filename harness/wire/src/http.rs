//! An HTTP/1.1 client over a dialer, with or without a proxy.

mod challenge;
mod client;
mod date;
mod error;
mod exchange;
mod login;
mod message;
mod url;

pub use self::challenge::proxy_schemes;
pub use self::client::{Client, Credentials, Route};
pub use self::date::date;
pub use self::error::{HttpError, MessageError};
pub use self::message::{Request, Response};
pub use self::url::{Scheme, Url, UrlError};
pub use crate::tls::TlsConfig;

/// The longest body of a request or an answer: far above any page or token that the lab serves.
pub const BODY_BYTES_MAX: usize = 4 << 20;

#[cfg(test)]
mod tests;
