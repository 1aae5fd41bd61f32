use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{all, scenario};
use marslab_faults::faults::FAULTS;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::REMEDIES;

#[test]
fn the_checked_in_schemas_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/schema");
    for (name, schema) in all() {
        let file = format!("{name}.schema.json");
        let text = fs::read_to_string(folder.join(&file)).unwrap_or_default();
        let checked_in: Value = serde_json::from_str(&text).unwrap_or_default();
        assert!(
            checked_in == schema,
            "scenarios/schema/{file} is out of date; write it anew: `marslab schema {name} > scenarios/schema/{file}`"
        );
    }
}

#[test]
fn every_name_is_in_the_schema_of_scenarios() {
    let schema = scenario();
    let keys = |pointer: &str| -> Vec<String> {
        schema.pointer(pointer).and_then(Value::as_object).unwrap().keys().cloned().collect()
    };
    let settings = keys("/else/properties/given/properties");
    assert!(SETTINGS.iter().all(|kind| settings.contains(&kind.name.to_owned())), "{settings:?}");
    let faults = keys("/else/properties/fault/items/properties");
    assert!(FAULTS.iter().all(|kind| faults.contains(&kind.name.to_owned())), "{faults:?}");
    let remedies = schema.pointer("/$defs/remedy/enum").unwrap().to_string();
    assert!(REMEDIES.iter().all(|kind| remedies.contains(kind.name)), "{remedies}");
}

#[test]
fn every_reference_leads_somewhere() {
    for (name, schema) in all() {
        check_references(name, &schema, &schema);
    }
}

#[track_caller]
fn check_references(name: &str, root: &Value, value: &Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get("$ref") {
                let pointer = reference.strip_prefix('#').expect(reference);
                assert!(root.pointer(pointer).is_some(), "{name}: {reference}");
            }
            object.values().for_each(|value| check_references(name, root, value));
        }
        Value::Array(entries) => {
            entries.iter().for_each(|value| check_references(name, root, value));
        }
        _ => {}
    }
}
