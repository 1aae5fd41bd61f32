use std::fs;
use std::path::Path;

use serde_json::Value;

use super::super::calls;
use super::description;

#[test]
fn the_checked_in_description_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../door.openapi.json");
    let text = fs::read_to_string(path).unwrap_or_default();
    let checked_in: Value = serde_json::from_str(&text).unwrap_or_default();
    assert!(
        checked_in == description().unwrap(),
        "harness/door.openapi.json is out of date; write it anew: `marslab schema door > harness/door.openapi.json`"
    );
}

#[test]
fn every_reference_leads_somewhere() {
    let description = description().unwrap();
    let text = description.to_string();
    let references = text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for reference in references {
        assert!(description.pointer(reference).is_some(), "{reference}");
    }
    assert_eq!(
        description.pointer("/paths").unwrap().as_object().unwrap().len(),
        calls::all().count()
    );
}

/// What is said of an answer is true of the example.
#[test]
fn examples_have_what_their_schemas_require() {
    let description = description().unwrap();
    for (path, item) in description["paths"].as_object().unwrap() {
        let answer = &item["post"]["responses"]["200"]["content"]["application/json"];
        let schemas = answer["schema"]["oneOf"].as_array().cloned();
        let schemas = schemas.unwrap_or_else(|| vec![answer["schema"].clone()]);
        let found =
            schemas.iter().any(|schema| fits(&description, schema, &answer["example"]).is_ok());
        assert!(found, "{path}: {}", answer["example"]);
    }
}

/// A small part of JSON Schema: types, references, required properties.
fn fits(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(root, root.pointer(reference.trim_start_matches('#')).unwrap(), value);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let fitting = choices.iter().any(|it| fits(root, it, value).is_ok());
            return if fitting { Ok(()) } else { Err(format!("{value} is none of {choices:?}")) };
        }
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.is_empty() && !types.iter().any(|it| it == own) {
        return Err(format!("{value} is not {types:?}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let inner = value.get(name.as_str().unwrap()).ok_or_else(|| format!("no {name}"))?;
        fits(root, &schema["properties"][name.as_str().unwrap()], inner)?;
    }
    value.as_array().into_iter().flatten().try_for_each(|it| fits(root, &schema["items"], it))
}
