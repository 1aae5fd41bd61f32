//! Protocol mechanism over a dialer. No product, host or path has a name here.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`dial`] | [`Dial`](dial::Dial): opening a connection |
//! | [`http`] | a client: direct, through a proxy, through a tunnel |
//! | [`serve`] | a server on one connection |
//! | [`tls`] | both sides of TLS, with real records or only a really checked chain |
//! | [`socks`] | both sides of SOCKS5 |
//! | [`raw_http`] | a server on one connection whose answers are written byte for byte |
//! | [`basic`] | Basic authentication |
//! | [`digest`] | Digest access authentication: challenges and answers |
//! | [`ntlm`] | the three messages of NTLM, and the proofs in them |
//! | [`spnego`] | the envelope in which Negotiate carries NTLM |
//! | [`relay`] | copying bytes between two streams |
//! | [`x509`] | what a certificate says; self-signed ones over RSA keys |
//! | [`pkcs12`] | a certificate and its key in one file |
//! | [`jwt`] | client assertions, signed with RS256 |

pub mod basic;
pub mod dial;
pub mod digest;
pub mod http;
pub mod jwt;
pub mod ntlm;
pub mod pkcs12;
pub mod raw_http;
pub mod relay;
pub mod serve;
pub mod socks;
pub mod spnego;
pub mod tls;
pub mod x509;

#[cfg(test)]
mod testing;

/// The most headers of a request or an answer; browsers and proxies send a few dozen.
const HEADERS_MAX: usize = 100;

/// The longest head of a request or an answer. Servers commonly stop at 8 or 16 KiB; a token of Kerberos may fill that.
const HEAD_BYTES_MAX: usize = 64 << 10;
