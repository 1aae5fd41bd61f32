//! An HTTP/1.1 client over a dialer, with or without a proxy.
//!
//! | module | contents |
//! | --- | --- |
//! | `client` | sending a request: directly, through a proxy, through a tunnel |
//! | `message`, `url` | requests, responses and URLs |
//! | `exchange` | a request on one connection |
//! | `streamed` | bodies that are passed on while they come |
//! | `challenge`, `login` | what a proxy asks for, and logging in to it |
//! | `date` | times in headers |
//! | `hop` | headers that are not passed on |
//! | `error` | why a request failed |

mod challenge;
mod client;
mod date;
mod error;
mod exchange;
mod hop;
mod login;
mod message;
mod streamed;
mod url;

pub use self::challenge::proxy_schemes;
pub use self::client::{Client, Credentials, Route};
pub use self::date::date;
pub use self::error::{HttpError, MessageError};
pub use self::hop::remove_hop_by_hop;
pub use self::message::{Request, Response};
pub use self::streamed::{Pipe, Piped, Streamed, pipe};
pub use self::url::{Scheme, Url, UrlError};
pub use crate::tls::TlsConfig;

/// The longest body of a request or response that is held whole. No page or token of the lab comes close.
pub const BODY_BYTES_MAX: usize = 4 << 20;

#[cfg(test)]
mod tests;
