//! Redacts headers and parameters: only values that a list knows to be harmless are kept.

/// Replaces a redacted value.
pub const REDACTED: &str = "redacted";

/// Writes a header's value, redacted.
pub(super) fn push_value(out: &mut String, name: &str, value: &[u8]) {
    // Only what is text can be looked at.
    let text = || std::str::from_utf8(value).unwrap_or_default();
    match Header::of(name) {
        Header::Harmless => push_text(out, value),
        Header::Challenge if !has_token(text()) => push_text(out, value),
        Header::Challenge | Header::Proof => push_scheme(out, text()),
        Header::Location => push_location(out, text()),
        Header::Unknown => out.push_str(REDACTED),
    }
}

/// What a header's value holds.
enum Header {
    /// Nothing secret.
    Harmless,
    /// A challenge. Realms and nonces are public.
    Challenge,
    /// Credentials; only the scheme is kept.
    Proof,
    /// A URL.
    Location,
    /// Unknown; it is redacted.
    Unknown,
}

impl Header {
    #[expect(clippy::too_many_lines, reason = "one flat list, a name a line")]
    fn of(name: &str) -> Self {
        let mut lower = [0; NAME_BYTES_MAX];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Unknown };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        // A `match` finds its arm by length first, which a list that is gone through does not.
        match &*lower {
            b"accept"
            | b"accept-encoding"
            | b"accept-language"
            | b"accept-ranges"
            | b"access-control-allow-origin"
            | b"age"
            | b"allow"
            | b"cache-control"
            | b"cache-status"
            | b"connection"
            | b"content-encoding"
            | b"content-language"
            | b"content-length"
            | b"content-type"
            | b"date"
            | b"expect"
            | b"expires"
            | b"host"
            | b"keep-alive"
            | b"last-modified"
            | b"max-forwards"
            | b"mime-version"
            | b"origin"
            | b"pragma"
            | b"proxy-connection"
            | b"proxy-support"
            | b"retry-after"
            | b"server"
            | b"strict-transport-security"
            | b"te"
            | b"trailer"
            | b"transfer-encoding"
            | b"upgrade"
            | b"upgrade-insecure-requests"
            | b"user-agent"
            | b"vary"
            | b"via"
            | b"warning"
            | b"x-cache"
            | b"x-cache-lookup"
            | b"x-content-type-options"
            | b"x-frame-options"
            | b"x-ms-request-id"
            | b"x-squid-error" => Self::Harmless,
            b"proxy-authenticate" | b"www-authenticate" => Self::Challenge,
            b"authorization" | b"proxy-authorization" => Self::Proof,
            b"location" => Self::Location,
            _ => Self::Unknown,
        }
    }
}

/// A URL of its parts, without the port that its scheme implies.
pub(super) fn url(scheme: &str, to: &str, path: &str, query: Option<&str>) -> String {
    let implied = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let to = to.strip_suffix(implied).unwrap_or(to);
    let mut url = String::with_capacity(scheme.len() + to.len() + path.len() + 64);
    for part in [scheme, "://", to, path] {
        url.push_str(part);
    }
    if let Some(query) = query {
        push_query(&mut url, query);
    }
    if url.len() > URL_BYTES_MAX {
        url = url.chars().take(URL_BYTES_MAX).collect();
    }
    url
}

fn push_query(out: &mut String, query: &str) {
    for (pair, sign) in query.split('&').zip(std::iter::once('?').chain(std::iter::repeat('&'))) {
        if out.len() > URL_BYTES_MAX {
            return;
        }
        out.push(sign);
        match pair.split_once('=') {
            Some((key, _)) if PARAMETERS.iter().any(|it| it.eq_ignore_ascii_case(key)) => {
                out.push_str(pair);
            }
            Some((key, _)) if is_word(key) => {
                out.push_str(key);
                out.push('=');
                out.push_str(REDACTED);
            }
            _ => out.push_str(REDACTED),
        }
    }
}

/// Whether a text is a parameter's name rather than a value without one.
fn is_word(key: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphabetic() || b"-_.".contains(&byte);
    (1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(is_plain)
}

/// Only the scheme: `Basic redacted`.
fn push_scheme(out: &mut String, value: &str) {
    let first = value.split_ascii_whitespace().next().unwrap_or_default();
    if let Some(scheme) = SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(first)) {
        out.push_str(scheme);
        out.push(' ');
    }
    out.push_str(REDACTED);
}

/// Whether a challenge carries a message of a handshake, which is not for others.
fn has_token(challenge: &str) -> bool {
    let mut offers = challenge.split(',').map(str::trim);
    offers.any(|offer| {
        let (scheme, rest) = offer.split_once(' ').unwrap_or((offer, ""));
        ["NTLM", "Negotiate"].iter().any(|it| it.eq_ignore_ascii_case(scheme)) && !rest.is_empty()
    })
}

/// The target of a redirection: a URL without user and password, its query redacted as any other.
fn push_location(out: &mut String, value: &str) {
    let value = value.split_once('#').map_or(value, |(before, _)| before);
    let (place, query) = value.split_once('?').map_or((value, None), |(a, b)| (a, Some(b)));
    let authority = place.split_once("://").map_or("", |(_, rest)| rest);
    if authority.contains('@') {
        return out.push_str(REDACTED);
    }
    push_text(out, place.as_bytes());
    if let Some(query) = query {
        push_query(out, query);
    }
}

/// A value as text on one line.
fn push_text(out: &mut String, value: &[u8]) {
    match std::str::from_utf8(value) {
        // Bytes are looked at much faster than characters.
        Ok(text) if value.iter().all(|byte| (b' '..=b'~').contains(byte)) => out.push_str(text),
        _ => {
            let text = String::from_utf8_lossy(value);
            out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
    }
}

/// No name that is known is longer.
const NAME_BYTES_MAX: usize = 32;

const SCHEMES: [&str; 5] = ["Basic", "Bearer", "Digest", "Negotiate", "NTLM"];

/// Parameters of the lab's protocol (fakes/README.md) whose values name something that is not secret.
const PARAMETERS: [&str; 3] = ["api-version", "linkid", "of"];

/// Far above the names of parameters.
const KEY_BYTES_MAX: usize = 32;

/// The longest URL of the lab's protocol has some 300 bytes.
const URL_BYTES_MAX: usize = 1 << 10;
