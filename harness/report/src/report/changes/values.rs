//! Values of fields, as people write them.

use jiff::SignedDuration;
use marslab_model::world::Language;
use serde_json::Value;

use super::phrases::Phrases;
use super::templates::WORDS;

/// What the number in a field counts, and which words it has for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field<'a> {
    /// Bytes.
    Bytes,
    /// Minutes after midnight.
    TimeOfDay,
    /// Whatever; the name of the field.
    Other(&'a str),
}

impl<'a> Field<'a> {
    pub(super) fn of(segments: &'a [String]) -> Self {
        match segments.last().map_or("", String::as_str) {
            "free" | "size" | "shadow-storage" | "bytes" => Self::Bytes,
            "minute-of-day" => Self::TimeOfDay,
            "aaaa" | "answers" => Self::Other("a"),
            _ if segments.iter().any(|it| it == "folder-attributes") => Self::Other("attributes"),
            name => Self::Other(name),
        }
    }
}

/// A value in a line; nothing where it has parts, or is not told.
pub(super) fn shown(value: &Value, field: Field<'_>, language: Language) -> Option<String> {
    let phrases = Phrases::of(language);
    match value {
        Value::Null => Some(phrases.not_set()),
        Value::Bool(it) => Some(if *it { phrases.on() } else { phrases.off() }),
        Value::Number(number) => Some(number.as_u64().map_or_else(
            || number.to_string(),
            |number| match field {
                Field::Bytes => bytes(number, phrases),
                Field::TimeOfDay => format!("{:02}:{:02}", number / 60, number % 60),
                Field::Other(_) => number.to_string(),
            },
        )),
        Value::String(text) if text == "…" => None,
        Value::String(text) if text.is_empty() => Some(phrases.empty()),
        Value::String(text) => Some(word(text, field, language)),
        Value::Array(list) if list.is_empty() => Some(phrases.none()),
        Value::Array(list) => {
            let all = list.iter().map(|it| shown(it, field, language));
            Some(all.collect::<Option<Vec<_>>>()?.join(", "))
        }
        // `{ text = "…" }` of a registry value, `{ id = "Tokyo Standard Time", … }` of a time zone.
        Value::Object(map) => {
            let named = map.get("id").or_else(|| map.values().next().filter(|_| map.len() == 1));
            shown(named?, field, language)
        }
    }
}

/// A text, in the language where it is a word of the field's.
fn word(text: &str, field: Field<'_>, language: Language) -> String {
    let is_it = |key: &str| match (key.split_once('='), field) {
        (Some((of, word)), Field::Other(name)) => of == name && word == text,
        _ => false,
    };
    let known = WORDS.iter().find(|(key, _)| is_it(key));
    known.map_or_else(
        || text.replace(['\r', '\n'], " "),
        |(_, words)| language.pick(*words).to_owned(),
    )
}

/// A size as Windows shows it: `1.5 GB` for 1.5 · 2³⁰.
fn bytes(count: u64, phrases: Phrases) -> String {
    let unit = UNITS.iter().find(|(_, size)| count >= *size);
    let Some((name, size)) = unit else { return phrases.bytes(&count) };
    let tenths = count.saturating_mul(10) / size;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, _) if whole >= 100 => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

/// How long something takes: `1h 4m`.
pub fn span(time: SignedDuration, language: Language) -> String {
    if language == Language::English {
        return format!("{time:#}");
    }
    let phrases = Phrases::of(language);
    let seconds = time.as_secs().unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let parts = [
        (hours, phrases.hours(&hours)),
        (minutes, phrases.minutes(&minutes)),
        (rest, phrases.seconds(&rest)),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text);
    let text = parts.collect::<Vec<_>>().join(" ");
    match (text.is_empty(), time.is_negative()) {
        (true, _) => phrases.seconds(&0),
        (false, false) => text,
        (false, true) => format!("-{text}"),
    }
}

const UNITS: [(&str, u64); 4] =
    [("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)];
