//! Basic authentication (RFC 7617), server side.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The user and password in the credentials after `Basic`, or `None` if they are invalid.
pub fn parse(value: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(value.trim()).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests;
