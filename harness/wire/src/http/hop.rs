//! Headers that concern only the two ends of one connection.

use http::HeaderMap;
use http::header::{
    CONNECTION, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};

/// Takes out of a message that is passed on what concerns only the two ends of one connection, and what `Connection` names (RFC
/// 9110, 7.6.1). Host and length stay: who passes the message on knows whether they still hold.
pub fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named = headers.get_all(CONNECTION).into_iter().filter_map(|line| line.to_str().ok());
    let named = named.flat_map(|line| line.split(',')).filter_map(|name| name.trim().parse().ok());
    let named: Vec<HeaderName> = named.collect();
    named.iter().chain(&KNOWN).for_each(|name| drop(headers.remove(name)));
}

const KNOWN: [HeaderName; 9] = [
    CONNECTION,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

#[cfg(test)]
mod tests;
