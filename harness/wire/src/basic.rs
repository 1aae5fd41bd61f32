//! Basic authentication (RFC 7617), as a server reads it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// User and password behind `Basic`; nothing where the text is not that.
pub fn parse(value: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(value.trim()).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests;
