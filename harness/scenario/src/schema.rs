//! JSON Schemas: of scenario files, for editors, and of what a diagnostic core reads and writes.

use marslab_model::{Complaint, Diagnosis, World};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::corpus;
use crate::scenario::shape::{COMPOUND, FILE, Ids, Key, Need, Shape, TEXT_CHARS_MAX};
use marslab_actions::action_spec::ActionSpec;
use marslab_faults::faults::FAULTS;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::REMEDIES;

/// The schema of a scenario file, with every setting, fault and remedy and their parameters.
pub fn scenario() -> Value {
    let mut writer = Writer { generator: generator() };
    let mut schema = object(json!({
        "if": { "required": ["parts"] },
        "then": writer.table(COMPOUND),
        "else": writer.table(FILE),
    }));
    let mut definitions = writer.generator.take_definitions(true);
    for ids in IDS {
        let known = ids.known(corpus::library());
        definitions.insert(ids.noun().replace(' ', "-"), json!({ "enum": known }));
    }
    schema.insert("$schema".to_owned(), json!(DIALECT));
    schema.insert("title".to_owned(), json!("A scenario of marslab"));
    schema.insert("description".to_owned(), json!(DESCRIPTION));
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

/// The schema of a complaint: the input of a diagnostic core.
pub fn complaint() -> Value {
    root::<Complaint>()
}

/// The schema of a diagnosis: the output of a diagnostic core.
pub fn diagnosis() -> Value {
    root::<Diagnosis>()
}

/// The schema of a world: every field that the action `edit` can set, and its values.
pub fn world() -> Value {
    root::<World>()
}

/// The schemas by the stem of the file in `scenarios/schema/` in which each is checked in.
pub fn all() -> [(&'static str, Value); 4] {
    [
        ("complaint", complaint()),
        ("diagnosis", diagnosis()),
        ("scenario", scenario()),
        ("world", world()),
    ]
}

fn root<T: JsonSchema>() -> Value {
    generator().into_root_schema_for::<T>().into()
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

/// Writes the description of a file's shape as a schema.
struct Writer {
    generator: SchemaGenerator,
}

impl Writer {
    fn table(&mut self, keys: &[Key]) -> Map<String, Value> {
        let mut properties = Map::new();
        for key in keys {
            let mut schema = self.shape(key.shape);
            schema.insert("description".to_owned(), json!(key.summary));
            properties.insert(key.name.to_owned(), Value::Object(schema));
        }
        let required = keys.iter().filter(|key| key.need == Need::Required).map(|key| key.name);
        let required: Vec<&str> = required.collect();
        let mut schema = closed(properties);
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        if keys.iter().any(|key| key.name == "remedy") {
            schema.insert("allOf".to_owned(), Value::Array(self.parameters_of_remedies()));
        }
        schema
    }

    fn shape(&mut self, shape: Shape) -> Map<String, Value> {
        match shape {
            Shape::Text => {
                object(json!({ "type": "string", "minLength": 1, "maxLength": TEXT_CHARS_MAX }))
            }
            Shape::Id(ids) => reference(ids),
            Shape::IdList(ids) => object(
                json!({ "type": "array", "items": reference(ids), "minItems": 1, "uniqueItems": true }),
            ),
            Shape::Table(keys) => self.table(keys),
            Shape::Tables(keys) => {
                object(json!({ "type": "array", "items": self.table(keys), "minItems": 1 }))
            }
            Shape::Settings => self.kinds(SETTINGS),
            Shape::Faults => {
                let mut fault = self.kinds(FAULTS);
                fault.insert("minProperties".to_owned(), json!(1));
                fault.insert("maxProperties".to_owned(), json!(1));
                object(json!({ "type": "array", "items": fault, "minItems": 1 }))
            }
            Shape::Parameters => object(json!({ "type": "object" })),
            Shape::Set => object(json!({ "type": "object", "minProperties": 1 })),
        }
    }

    /// A table whose keys are names of kinds.
    fn kinds<T: ?Sized>(&mut self, kinds: &[&ActionSpec<T>]) -> Map<String, Value> {
        let entries = kinds.iter().map(|kind| {
            let schema = Value::from(kind.schema(&mut self.generator));
            (kind.name.to_owned(), schema)
        });
        closed(entries.collect::<Map<_, _>>())
    }

    /// For each remedy: where it is named, `with` are its parameters.
    fn parameters_of_remedies(&mut self) -> Vec<Value> {
        let rules = REMEDIES.iter().map(|kind| {
            let with: Schema = kind.schema(&mut self.generator);
            json!({
                "if": { "properties": { "remedy": { "const": kind.name } } },
                "then": { "properties": { "with": with } },
            })
        });
        rules.collect()
    }
}

/// A table that has these keys and no others.
fn closed(properties: impl Into<Value>) -> Map<String, Value> {
    let properties: Value = properties.into();
    object(json!({ "type": "object", "properties": properties, "additionalProperties": false }))
}

fn reference(ids: Ids) -> Map<String, Value> {
    object(json!({ "$ref": format!("#/$defs/{}", ids.noun().replace(' ', "-")) }))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// For editors that show it.
const DESCRIPTION: &str = "In a string, a role between braces, such as `{proxy}` or `{vault}`, stands for what plays it in \
                           the world that is played. The reference lists the roles; `{{proxy}}` is the text `{proxy}`.";

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

const IDS: [Ids; 11] = [
    Ids::Article,
    Ids::Failure,
    Ids::Cause,
    Ids::ComplaintSource,
    Ids::Operation,
    Ids::Step,
    Ids::Remedy,
    Ids::Play,
    Ids::Twin,
    Ids::Past,
    Ids::Ago,
];

#[cfg(test)]
mod tests;
