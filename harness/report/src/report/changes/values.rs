//! Values of fields, as people write them.

use serde_json::Value;

/// What the number in a field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Bytes.
    Bytes,
    /// Minutes after midnight.
    TimeOfDay,
    /// Whatever.
    Other,
}

impl Field {
    pub(super) fn of(segments: &[String]) -> Self {
        match segments.last().map_or("", String::as_str) {
            "free" | "size" | "shadow-storage" | "bytes" => Self::Bytes,
            "minute-of-day" => Self::TimeOfDay,
            _ => Self::Other,
        }
    }
}

/// A value in a line; nothing where it has parts, or is not told.
pub(super) fn shown(value: &Value, field: Field) -> Option<String> {
    match value {
        Value::Null => Some("not set".to_owned()),
        Value::Bool(it) => Some(if *it { "on" } else { "off" }.to_owned()),
        Value::Number(number) => Some(number.as_u64().map_or_else(
            || number.to_string(),
            |number| match field {
                Field::Bytes => bytes(number),
                Field::TimeOfDay => format!("{:02}:{:02}", number / 60, number % 60),
                Field::Other => number.to_string(),
            },
        )),
        Value::String(text) if text == "…" => None,
        Value::String(text) if text.is_empty() => Some("empty".to_owned()),
        Value::String(text) => Some(text.replace(['\r', '\n'], " ")),
        Value::Array(list) if list.is_empty() => Some("none".to_owned()),
        Value::Array(list) => {
            let all = list.iter().map(|it| shown(it, field)).collect::<Option<Vec<_>>>()?;
            Some(all.join(", "))
        }
        // `{ text = "…" }` of a registry value, `{ id = "Tokyo Standard Time", … }` of a time zone.
        Value::Object(map) => {
            let named = map.get("id").or_else(|| map.values().next().filter(|_| map.len() == 1));
            shown(named?, field)
        }
    }
}

/// A size as Windows shows it: `1.5 GB` for 1.5 · 2³⁰.
pub(super) fn bytes(count: u64) -> String {
    let unit = UNITS.iter().find(|(_, size)| count >= *size);
    let Some((name, size)) = unit else { return format!("{count} bytes") };
    let tenths = count.saturating_mul(10) / size;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, _) if whole >= 100 => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

const UNITS: [(&str, u64); 4] =
    [("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)];
