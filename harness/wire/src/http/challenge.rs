//! What a proxy asks for.

use http::HeaderMap;
use http::header::PROXY_AUTHENTICATE;

/// The authentication schemes that a proxy offers (`Proxy-Authenticate`), as it spells them and in its order, whether
/// each has a line of its own or they share one.
pub fn proxy_schemes(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(PROXY_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(split).filter_map(scheme).map(str::to_owned).collect()
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
