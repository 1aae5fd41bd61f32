//! [`ChangedField`]: what a field was and is, for people.

use marslab_model::tracked::Footprint;
use marslab_model::{FieldPath, World};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A field that was changed. Secrets and long texts are left out of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedField {
    /// Its path.
    pub field: String,
    /// Its value before; absent if there was no entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// Its value after; absent if there is no entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// What Windows shows of the service or device that it belongs to, as a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The machine that it belongs to, where that is not the customer's server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

impl ChangedField {
    /// These fields, in two worlds.
    pub fn between(fields: &Footprint, before: &World, after: &World) -> Vec<Self> {
        fields.iter().map(|field| Self::of(field, before, after)).collect()
    }

    fn of(field: &FieldPath, before: &World, after: &World) -> Self {
        let segments = field.segments();
        let look = |world: &World| world.look(field).map(|value| in_short(&segments, value));
        let on = match segments.as_slice() {
            [machines, name, ..] if machines == "machines" => Some(name),
            _ => None,
        };
        Self {
            field: field.to_string(),
            before: look(before),
            after: look(after),
            called: called(&segments, before).or_else(|| called(&segments, after)),
            on: on.filter(|name| **name != *before.cast.machine.as_str()).cloned(),
        }
    }
}

/// The display name of the entry `machines/M/services/S` or `machines/M/devices/D` in which a field is.
fn called(segments: &[String], world: &World) -> Option<String> {
    let [machines, machine, of, entry, ..] = segments else { return None };
    let name = match (machines.as_str(), of.as_str()) {
        ("machines", "services") => "display",
        ("machines", "devices") => "name",
        _ => return None,
    };
    let path = [machines, machine, of, entry].into_iter();
    let path = path.fold(FieldPath::root(), |path, segment| path.then(segment));
    let called = world.look(&path.then(name))?;
    called.as_str().map(str::to_owned)
}

/// A value without secrets, and without most of what is long.
fn in_short(at: &[String], value: Value) -> Value {
    if at.iter().any(|segment| is_secret(segment)) {
        return Value::String("…".to_owned());
    }
    match value {
        Value::String(text) if ENCODED.iter().any(|start| text.contains(start)) => {
            Value::String("…".to_owned())
        }
        Value::String(text) if text.chars().nth(CHARS_MAX).is_some() => {
            Value::String(text.chars().take(CHARS_MAX).chain(['…']).collect())
        }
        Value::Array(mut list) => {
            list.truncate(ENTRIES_MAX);
            list.into_iter().map(|it| in_short(&[], it)).collect()
        }
        Value::Object(map) => {
            let short = |(key, value)| {
                let value = in_short(std::slice::from_ref(&key), value);
                (key, value)
            };
            Value::Object(map.into_iter().take(ENTRIES_MAX).map(short).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// Also values of the registry are named after what they hold: `ProxyPassword`.
fn is_secret(segment: &str) -> bool {
    let name = segment.to_ascii_lowercase();
    SECRET.contains(&segment) || ["password", "passphrase"].iter().any(|it| name.ends_with(it))
}

/// What holds passwords, keys and contents of files, as the world's fields are called.
const SECRET: [&str; 11] = [
    "blocks",
    "content",
    "der",
    "key",
    "key-verifier",
    "password",
    "portal-session",
    "secrets",
    "staged",
    "binary",
    "users",
];

/// How certificates and keys (DER in base64, PEM) and tokens begin.
const ENCODED: [&str; 3] = ["MII", "BEGIN ", "eyJ"];

const CHARS_MAX: usize = 200;

/// A machine has thirty fields; no list that people read is longer.
const ENTRIES_MAX: usize = 40;

#[cfg(test)]
mod tests;
