//! What a proxy asks for.

use http::HeaderMap;
use http::header::PROXY_AUTHENTICATE;

/// The authentication schemes that a proxy offers (`Proxy-Authenticate`), as it spells them and in its order, whether
/// each has a line of its own or they share one.
pub fn proxy_schemes(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(PROXY_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(split).filter_map(scheme).map(str::to_owned).collect()
}

/// One challenge of a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    /// The scheme, as the proxy spells it.
    pub(super) scheme: String,
    /// What stands behind the scheme: parameters, a token, or nothing.
    pub(super) rest: String,
}

/// What a proxy offers, in its order.
pub(super) fn proxy_offers(headers: &HeaderMap) -> Vec<Offered> {
    let lines = headers.get_all(PROXY_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    let mut offers: Vec<Offered> = Vec::new();
    for item in lines.flat_map(split) {
        match (scheme(item), offers.last_mut()) {
            (Some(name), _) => {
                let rest = item.trim().strip_prefix(name).unwrap_or_default().trim();
                offers.push(Offered { scheme: name.to_owned(), rest: rest.to_owned() });
            }
            (None, Some(last)) => {
                last.rest.push(',');
                last.rest.push_str(item);
            }
            (None, None) => {}
        }
    }
    offers
}

/// Splits at commas that do not stand in quotes.
fn split(line: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    line.split(move |c| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' => return !quoted,
            _ => {}
        }
        false
    })
}

/// The scheme with which a challenge begins; nothing where a parameter of the challenge before goes on.
fn scheme(item: &str) -> Option<&str> {
    let item = item.trim();
    let end = item.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(item.len());
    let (token, rest) = item.split_at(end);
    (!token.is_empty() && !rest.trim_start().starts_with('=')).then_some(token)
}
