//! Network protocols over a dialer. Nothing here knows a product, a host or a path.
//!
//! | module | contents |
//! | --- | --- |
//! | [`dial`] | [`Dial`](dial::Dial): opening a connection |
//! | [`http`] | an HTTP client: direct, through a proxy, through a tunnel |
//! | [`serve`] | an HTTP server on one connection |
//! | [`raw_http`] | the same, with replies written byte for byte |
//! | [`tls`] | TLS, client and server, with real records or only certificate verification |
//! | [`socks`] | SOCKS5, client and server |
//! | [`relay`] | copying bytes between two streams |
//! | [`basic`], [`digest`] | Basic and Digest authentication |
//! | [`ntlm`], [`spnego`] | NTLM, and the tokens of Negotiate around it |
//! | [`x509`] | reading certificates, making self-signed ones |
//! | [`pkcs12`] | a certificate and its key in one file |
//! | [`memo`] | what pure functions of bytes have made before |
//! | [`jwt`] | client assertions, signed with RS256 |

pub mod basic;
pub mod dial;
pub mod digest;
pub mod http;
pub mod jwt;
pub mod memo;
pub mod ntlm;
pub mod pkcs12;
pub mod raw_http;
pub mod relay;
pub mod serve;
pub mod socks;
pub mod spnego;
pub mod tls;
pub mod x509;

mod unread;

#[cfg(test)]
mod testing;

/// The most headers of a request or response. Browsers and proxies send a few dozen.
const HEADERS_MAX: usize = 100;

/// The longest head of a request or response. Servers commonly allow 8 or 16 KiB; a Kerberos token may fill that.
const HEAD_BYTES_MAX: usize = 64 << 10;
