//! The parameters of a fault, a setting or a remedy, from the JSON Schema of their struct.

use std::collections::BTreeMap;

use schemars::SchemaGenerator;
use serde_json::{Map, Value};

use crate::action_spec::ActionSpec;

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Whether it is required.
    pub need: Need,
    /// The type of its value.
    pub of: Type,
    /// What it means, on one line.
    pub summary: String,
}

/// Whether a parameter is required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is required.
    Required,
    /// It is optional; this is the default, as in a scenario file.
    Default(String),
    /// It is optional; its summary says what the default is.
    Optional,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// In words, such as `array of strings`.
    pub words: String,
    /// The named type of the value or of its entries; see [`named_types`].
    pub named: Option<String>,
    /// The possible values, if they are few.
    pub choices: Vec<Choice>,
}

/// One of few values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// What it means, on one line.
    pub summary: String,
}

/// The parameters of a kind, sorted by name.
pub fn parameters<T: ?Sized>(kind: &ActionSpec<T>) -> Vec<Parameter> {
    let mut generator = SchemaGenerator::default();
    let schema = Value::from(kind.schema(&mut generator));
    let named = generator.take_definitions(true);
    let required = entries(&schema, "required");
    let properties = schema.get("properties").and_then(Value::as_object);
    let parameter = |(name, schema): (&String, &Value)| Parameter {
        name: name.clone(),
        need: match schema.get("default").filter(|default| !default.is_null()) {
            _ if required.contains(&Value::from(name.as_str())) => Need::Required,
            Some(default) => Need::Default(default.to_string()),
            None => Need::Optional,
        },
        of: type_of(schema, &named),
        summary: summary_of(schema),
    };
    properties.into_iter().flatten().map(parameter).collect()
}

/// The named types of parameters that are written as strings, with their descriptions.
pub fn named_types<T: ?Sized>(kinds: &[&ActionSpec<T>]) -> BTreeMap<String, String> {
    let mut generator = SchemaGenerator::default();
    for kind in kinds {
        kind.schema(&mut generator);
    }
    let named = generator.take_definitions(true);
    let texts = named.iter().filter(|(_, schema)| choices(schema).is_empty());
    texts.map(|(name, schema)| (name.clone(), summary_of(schema))).collect()
}

fn type_of(schema: &Value, named: &Map<String, Value>) -> Type {
    if let Some((name, definition)) = definition(schema, named) {
        let Type { words, choices, .. } = type_of(definition, named);
        let named = choices.is_empty().then(|| name.to_owned());
        return Type { words, named, choices };
    }
    let choices = choices(schema);
    if !choices.is_empty() {
        return Type { words: "one of these strings".to_owned(), named: None, choices };
    }
    let of_some = entries(schema, "anyOf").iter().find(|one| !is_null(one));
    if let Some(one) = of_some {
        return type_of(one, named);
    }
    let plain = |words: &str| Type { words: words.to_owned(), named: None, choices: Vec::new() };
    match word(schema) {
        "string" => plain("string"),
        "boolean" => plain("`true` or `false`"),
        "integer" => plain(&whole_number(schema)),
        "array" => list(schema, named),
        "object" => plain("table"),
        other => plain(other),
    }
}

/// The definition that a schema refers to, and its name.
fn definition<'a>(
    schema: &'a Value,
    named: &'a Map<String, Value>,
) -> Option<(&'a str, &'a Value)> {
    let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
    Some((name, named.get(name)?))
}

fn list(schema: &Value, named: &Map<String, Value>) -> Type {
    let Some(items) = schema.get("items") else {
        return Type { words: "array".to_owned(), named: None, choices: Vec::new() };
    };
    let Type { words, named, choices } = type_of(items, named);
    let words = match words.as_str() {
        "string" => "array of strings".to_owned(),
        _ if !choices.is_empty() => "array of these strings".to_owned(),
        words => format!("array, each entry: {words}"),
    };
    let is_filled = schema.get("minItems").and_then(Value::as_u64).is_some_and(|least| least > 0);
    let words = if is_filled { words + ", at least one" } else { words };
    Type { words, named, choices }
}

fn whole_number(schema: &Value) -> String {
    let bound = |key| schema.get(key).and_then(Value::as_i64);
    match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => format!("integer from {least} to {most}"),
        (Some(least), None) => format!("integer, {least} or more"),
        (None, Some(most)) => format!("integer, at most {most}"),
        (None, None) => "integer".to_owned(),
    }
}

/// The schema's type; for an optional value, which has two types, the one that is not `null`.
fn word(schema: &Value) -> &str {
    let one = match schema.get("type") {
        Some(Value::Array(several)) => several.iter().find(|it| *it != "null"),
        one => one,
    };
    one.and_then(Value::as_str).unwrap_or("value")
}

fn choices(schema: &Value) -> Vec<Choice> {
    let plain =
        |value: &Value| Some(Choice { value: value.as_str()?.to_owned(), summary: String::new() });
    let named = entries(schema, "enum").iter().filter_map(plain);
    let described = entries(schema, "oneOf").iter().flat_map(|one| match one.get("const") {
        Some(value) => {
            let choice = plain(value).map(|it| Choice { summary: summary_of(one), ..it });
            choice.into_iter().collect()
        }
        None => choices(one),
    });
    named.chain(described).collect()
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|it| it == "null")
}

fn entries<'a>(schema: &'a Value, key: &str) -> &'a [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The description on one line, without the line breaks of the doc comment.
fn summary_of(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
