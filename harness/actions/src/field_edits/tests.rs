use std::collections::BTreeSet;

use jiff::Timestamp;
use marslab_model::Change;
use marslab_model::tracked::FieldPath;
use serde_json::json;

use super::{FieldEdit, field_edits};

fn fields() -> BTreeSet<String> {
    let world = marslab_base::healthy(Timestamp::UNIX_EPOCH);
    field_edits(&world).into_iter().map(|edit| edit.field).collect()
}

#[test]
fn fields_of_every_kind_are_edited() {
    let fields = fields();
    for field in [
        "machines/*/services/*/start",
        "machines/*/services/*",
        "machines/*/registry/*/*",
        "machines/*/files/*/attributes",
        "machines/*/clock/zone",
        "machines/*/volumes/*/free",
        "machines/*/tasks/*/trigger/enabled",
        "network/names/*",
        "network/resolver/a",
        "cloud/endpoints/*/tls-min",
        "cloud/subscriptions/*/roles/*",
    ] {
        assert!(fields.contains(field), "{field}");
    }
}

#[test]
fn time_and_cast_are_not() {
    assert!(fields().iter().all(|field| {
        let room = field.split('/').next().unwrap_or_default();
        ["machines", "network", "cloud"].contains(&room)
    }));
}

#[test]
fn nearly_all_edits_can_be_made_and_each_changes_something() {
    let world = marslab_base::healthy(Timestamp::UNIX_EPOCH);
    let edits = field_edits(&world);
    let is_made = |edit: &&FieldEdit| {
        let (at, mut after) = (edit.at.clone(), world.clone());
        let change = match edit.to.clone() {
            Some(to) => Change::Set { at, to },
            None => Change::Remove { at },
        };
        after.apply(&change).is_ok() && after != world
    };
    let made = edits.iter().filter(is_made).count();
    assert!(made * 10 > edits.len() * 9, "{made} of {}", edits.len());
}

#[test]
fn an_edit_is_written_as_a_fault() {
    let (field, at) = ("a/*".to_owned(), FieldPath::root().then("a").then("it's"));
    let edit = |to| FieldEdit { field: field.clone(), at: at.clone(), to };
    let written = |to| toml::from_str::<toml::Table>(&edit(to).fault()?).ok();
    let set = written(Some(json!({ "text": "x" }))).unwrap_or_default();
    assert_eq!(set["edit"]["set"]["a/it's"]["text"].as_str(), Some("x"));
    let removed = written(None).unwrap_or_default();
    assert_eq!(removed["edit"]["remove"][0].as_str(), Some("a/it's"));
    assert_eq!(edit(Some(json!(u64::MAX))).fault(), None);
}
