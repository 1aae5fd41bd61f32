//! Every edit of one field of a world, to values that are of its type: what could be broken, whether or not anybody has a name
//! for it.

use marslab_model::World;
use marslab_model::tracked::FieldPath;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// One field of a world, and what it could become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEdit {
    /// The field, with `*` for each key of a map: `machines/*/services/*/state`.
    pub field: String,
    /// Where it is in this world.
    at: FieldPath,
    /// Its other value; nothing if the entry is removed.
    to: Option<Value>,
}

impl FieldEdit {
    /// The edit as a fault, as scenario files and command lines have it. Nothing where a value cannot be written so.
    pub fn fault(&self) -> Option<String> {
        let path = toml::Value::String(self.at.to_string());
        match &self.to {
            None => Some(format!("edit = {{ remove = [{path}] }}")),
            Some(to) => {
                let to = toml::Value::try_from(to).ok()?;
                Some(format!("edit = {{ set = {{ {path} = {to} }} }}"))
            }
        }
    }
}

/// Every edit of a world but of its time and its cast, in the order of the fields. No machine is removed: somebody complains on it.
pub fn field_edits(world: &World) -> Vec<FieldEdit> {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<World>();
    let schema = schema.to_value();
    let definitions = schema.get("$defs").and_then(Value::as_object);
    let mut walk = Walk { world, definitions, found: Vec::new() };
    for room in ["machines", "network", "cloud"] {
        let at = FieldPath::root().then(room);
        let of = schema.pointer(&format!("/properties/{room}")).unwrap_or(&Value::Null);
        walk.below(&at, room, of);
    }
    walk.found
}

struct Walk<'a> {
    world: &'a World,
    definitions: Option<&'a Map<String, Value>>,
    found: Vec<FieldEdit>,
}

impl<'a> Walk<'a> {
    /// Notes the edits of a field and of what is below it.
    fn below(&mut self, at: &FieldPath, field: &str, schema: &'a Value) {
        let Some(value) = self.world.look(at) else { return };
        let schema = self.resolved(schema);
        let (parts, entries) = (schema.get("properties"), schema.get("additionalProperties"));
        if let (Value::Object(held), Some(of)) = (&value, entries.filter(|it| it.is_object())) {
            let field = format!("{field}/*");
            for key in held.keys() {
                let at = at.clone().then(key);
                if field != MACHINE {
                    self.found.push(FieldEdit { field: field.clone(), at: at.clone(), to: None });
                }
                self.below(&at, &field, of);
            }
            return;
        }
        let first = parts.and_then(Value::as_object).and_then(|parts| parts.keys().next());
        let is_record = first.is_some_and(|part| self.world.look(&at.clone().then(part)).is_some());
        if let Some(parts) = parts.and_then(Value::as_object).filter(|_| is_record) {
            for (part, of) in parts {
                self.below(&at.clone().then(part), &format!("{field}/{part}"), of);
            }
            return;
        }
        let others = self.others(schema, &value).into_iter().filter(|other| *other != value);
        let edits = others.map(|to| (field.to_owned(), at.clone(), Some(to)));
        self.found.extend(edits.map(|(field, at, to)| FieldEdit { field, at, to }));
    }

    /// Other values of a type, near to one that is there.
    fn others(&self, schema: &'a Value, value: &Value) -> Vec<Value> {
        let schema = self.resolved(schema);
        let alternatives = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key)?.as_array());
        let mut others: Vec<Value> =
            alternatives.into_iter().flatten().filter_map(|it| it.get("const").cloned()).collect();
        match value {
            Value::Bool(is) => others.push((!is).into()),
            Value::Number(number) => others.extend(numbers(number.as_i64().unwrap_or(i64::MAX))),
            // A name of a closed list has been replaced by the others above.
            Value::String(text) if others.is_empty() => others.extend(texts(text)),
            Value::Array(items) => {
                others.push(Value::Array(Vec::new()));
                others.push(items.iter().skip(1).cloned().collect());
                let of = schema.get("items").map(|of| self.resolved(of));
                let one = of.and_then(|of| of.get("oneOf")).and_then(Value::as_array);
                let one = one.into_iter().flatten().filter_map(|it| it.get("const"));
                others.extend(one.map(|it| Value::Array(vec![it.clone()])));
            }
            Value::Object(parts) => {
                for (part, held) in parts {
                    let of = part_of(schema, part).unwrap_or(&Value::Null);
                    let changed = self.others(of, held).into_iter().map(|other| {
                        let mut parts = parts.clone();
                        parts.insert(part.clone(), other);
                        Value::Object(parts)
                    });
                    others.extend(changed);
                }
            }
            Value::Null | Value::String(_) => {}
        }
        others
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let named = schema.get("$ref").and_then(Value::as_str);
        let name = named.and_then(|named| named.rsplit('/').next());
        name.and_then(|name| self.definitions?.get(name)).unwrap_or(schema)
    }
}

/// The type of a part of a record, or of the alternative that has it.
fn part_of<'a>(schema: &'a Value, part: &str) -> Option<&'a Value> {
    let own = schema.get("properties").and_then(|parts| parts.get(part));
    let alternatives = || schema.get("oneOf")?.as_array();
    own.or_else(|| alternatives()?.iter().find_map(|it| it.get("properties")?.get(part)))
}

fn numbers(number: i64) -> [Value; 4] {
    [0, 1, number / 2, number.saturating_mul(2)].map(Value::from)
}

/// Nothing, another text of the same length or, of a moment, a year before or after.
fn texts(text: &str) -> Vec<Value> {
    let year = jiff::SignedDuration::from_hours(24 * 365);
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        let moved = [at.saturating_sub(year), at.saturating_add(year)];
        return moved.into_iter().flatten().map(|at| at.to_string().into()).collect();
    }
    let cut: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
    let turned: String = text.chars().rev().collect();
    vec!["".into(), cut.into(), turned.into()]
}

const MACHINE: &str = "machines/*";

#[cfg(test)]
mod tests;
