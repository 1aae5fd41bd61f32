//! The challenges of a proxy (RFC 9110, 11.7).

use http::HeaderMap;
use http::header::PROXY_AUTHENTICATE;

/// The authentication schemes in `Proxy-Authenticate`, in the proxy's order and spelling. They may share a header line or
/// have one each.
pub fn proxy_schemes(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(PROXY_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(split).filter_map(scheme).map(str::to_owned).collect()
}

/// One challenge of a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The scheme, in the proxy's spelling.
    pub(super) scheme: String,
    /// What follows the scheme: parameters, a token, or nothing.
    pub(super) rest: String,
}

/// The challenges in `Proxy-Authenticate`, in the proxy's order.
pub(super) fn proxy_challenges(headers: &HeaderMap) -> Vec<Challenge> {
    let lines = headers.get_all(PROXY_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    let mut challenges: Vec<Challenge> = Vec::new();
    for item in lines.flat_map(split) {
        match (scheme(item), challenges.last_mut()) {
            (Some(name), _) => {
                let rest = item.trim().strip_prefix(name).unwrap_or_default().trim();
                challenges.push(Challenge { scheme: name.to_owned(), rest: rest.to_owned() });
            }
            (None, Some(last)) => {
                last.rest.push(',');
                last.rest.push_str(item);
            }
            (None, None) => {}
        }
    }
    challenges
}

/// Splits at commas outside of quotes.
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

/// The scheme that a challenge starts with, or `None` if the item is a parameter of the challenge before it.
fn scheme(item: &str) -> Option<&str> {
    let item = item.trim();
    let end = item.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(item.len());
    let (token, rest) = item.split_at(end);
    (!token.is_empty() && !rest.trim_start().starts_with('=')).then_some(token)
}
