//! Patterns with `*`, as proxy exceptions and role definitions use them.

/// Whether a text is what a pattern with `*` describes, without regard to case.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = text.strip_prefix(head).and_then(|text| text.strip_suffix(tail));
    let Some(mut inner) = inner else { return false };
    for part in middle.split('*') {
        let Some((_, rest)) = inner.split_once(part) else { return false };
        inner = rest;
    }
    true
}

#[cfg(test)]
mod tests;
