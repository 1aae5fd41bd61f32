//! Small forms of text: hexadecimal, GUIDs, escaped parts of URLs and forms.

use marslab_model::HostControl;

/// Random bytes from the machine.
pub(crate) fn random<const N: usize>(host: &dyn HostControl) -> [u8; N] {
    let mut bytes = [0; N];
    host.random(&mut bytes);
    bytes
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

/// The bytes that hexadecimal digits of either case stand for; nothing for any other text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// A random GUID in lower case (RFC 9562, version 4).
pub(crate) fn guid(host: &dyn HostControl) -> String {
    let [a, b, c, d, e, f, g, h, i, j, rest @ ..] = random::<16>(host);
    let (g, i) = (g & 0x0f | 0x40, i & 0x3f | 0x80);
    let parts = [&[a, b, c, d][..], &[e, f], &[g, h], &[i, j], &rest];
    parts.map(hex).join("-")
}

/// The text as a part of a URL's path or of a form: what could end the part is escaped.
///
/// Colon, slash and at sign stay, because they mean the same either way and keep logs readable.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
    }
    out
}

/// A body of the type `application/x-www-form-urlencoded`.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests;
