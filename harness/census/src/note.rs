//! How answers are written down: short, and without what is drawn anew in every world.

use serde::Serialize;
use serde_json::Value;

use super::{Aspect, Census};

/// Notes each part of a record for itself: `obengine state`, `obengine start`.
pub(super) fn record(census: &mut Census, aspect: Aspect, name: &str, it: &impl Serialize) {
    let value = serde_json::to_value(it).unwrap_or(Value::Null);
    leaves(census, aspect, name, &value);
}

/// Notes each leaf of a JSON value.
pub(super) fn leaves(census: &mut Census, aspect: Aspect, name: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                leaves(census, aspect, &format!("{name} {key}"), value);
            }
        }
        Value::Array(parts) if parts.iter().any(Value::is_object) => {
            for (index, value) in parts.iter().enumerate() {
                leaves(census, aspect, &format!("{name} {}", index + 1), value);
            }
        }
        Value::String(text) => census.note(aspect, name, self::text(text)),
        other => census.note(aspect, name, other.to_string()),
    }
}

/// A text as it is, or what can be said of a long one.
pub(super) fn text(text: &str) -> String {
    let is_short = text.chars().count() <= SHOWN_CHARS_MAX;
    match (is_short, text.chars().any(char::is_control)) {
        (true, false) if text.is_empty() => "empty".to_owned(),
        (true, false) => text.to_owned(),
        (false, false) => {
            let begin: String = text.chars().take(BEGIN_CHARS).collect();
            format!("“{begin}…”, {}", bytes(text.as_bytes()))
        }
        (_, true) => bytes(text.as_bytes()),
    }
}

/// The content of a file; of a longer text the end, where a log says what came last.
pub(super) fn content(content: &[u8]) -> String {
    let last = std::str::from_utf8(content).ok().and_then(|text| text.trim_end().lines().last());
    let last = last.filter(|_| content.contains(&b'\n'));
    let tail = last.map(|line| line.rsplit('\t').next().unwrap_or(line));
    let shown = |tail: &str| tail.chars().take(SHOWN_CHARS_MAX).collect::<String>();
    let tail = tail.map_or_else(String::new, |tail| format!(", ends in “{}”", shown(tail)));
    format!("{}{tail}", bytes(content))
}

/// The length of some content, and a few digits of its hash, by which it is compared.
pub(super) fn bytes(content: &[u8]) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, content);
    let digits = hash.as_ref().iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}"));
    format!("{} bytes, #{}", content.len(), digits.collect::<String>())
}

/// A longer text is compared by its hash.
const SHOWN_CHARS_MAX: usize = 100;

/// Enough to know what a longer text is about.
const BEGIN_CHARS: usize = 50;

/// Enough that no two contents of the lab have one hash.
const HASH_BYTES: usize = 6;
