//! What a window shows of a file's bytes.

/// The text of UTF-16 with a mark, else UTF-8; lines end with `\n`, and so does the last.
pub(crate) fn text(bytes: &[u8]) -> String {
    let text = match bytes.strip_prefix(b"\xff\xfe") {
        Some(rest) => {
            let (pairs, _) = rest.as_chunks::<2>();
            let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
            char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
        }
        None => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .into_owned(),
    };
    let mut text = text.replace("\r\n", "\n");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
