use std::collections::BTreeMap;

use marslab_base as base;
use marslab_model::World;
use marslab_model::tracked::FieldPath;
use serde_json::json;

use super::Edit;
use marslab_actions::fault::Fault as _;

/// The world before and after an edit, or why there is none.
fn edited(set: &[(&str, serde_json::Value)], remove: &[&str]) -> Result<(World, World), String> {
    let before = base::healthy("2019-05-20T03:00:00Z".parse().unwrap());
    let set: BTreeMap<_, _> = set.iter().cloned().map(|(at, to)| (at.to_owned(), to)).collect();
    let edit = Edit { set, remove: remove.iter().map(ToString::to_string).collect() };
    let mut after = before.clone();
    for change in edit.changes(&before).map_err(|error| error.to_string())? {
        after.apply(&change).unwrap();
    }
    Ok((before, after))
}

/// What an edit changes.
#[track_caller]
fn changes(set: &[(&str, serde_json::Value)], remove: &[&str], expected: &[&str]) {
    let (before, after) = edited(set, remove).unwrap();
    let footprint = before.differences_from(&after);
    assert_eq!(footprint.iter().map(FieldPath::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn every_kind_of_thing_can_be_edited() {
    changes(
        &[
            ("services/MSiSCSI/start", json!("disabled")),
            ("services/MSiSCSI/state", json!("stopped")),
        ],
        &[],
        &["machines/SRV01/services/MSiSCSI/start", "machines/SRV01/services/MSiSCSI/state"],
    );
    changes(
        &[("environment/CONTOSO_MODE", json!("2"))],
        &[],
        &["machines/SRV01/environment/CONTOSO_MODE"],
    );
    changes(
        &[(r"files/C:\Contoso\mode.ini", json!({ "content": "mode=2", "size": 6 }))],
        &[],
        &[r"machines/SRV01/files/C:\Contoso\mode.ini"],
    );
    changes(
        &[(
            "network/firewall/0 no backup",
            json!({ "from": "anyone", "to": "*.backup.windowsazure.com", "port": 443, "action": "reset" }),
        )],
        &[],
        &["network/firewall/0 no backup"],
    );
    changes(&[("cloud/credentials-hours", json!(1))], &[], &["cloud/credentials-hours"]);
}

#[test]
fn a_value_of_the_registry_comes_with_its_key() {
    let key = r"machines/SRV01/registry/HKLM\SOFTWARE\Contoso";
    changes(&[(r"registry/HKLM\SOFTWARE\Contoso/Mode", json!({ "number": 2 }))], &[], &[key]);
}

#[test]
fn what_is_removed_is_gone() {
    let (before, after) = edited(&[], &["services/MSiSCSI"]).unwrap();
    let footprint = before.differences_from(&after);
    assert_eq!(footprint.len(), 1);
    assert!(after.look(footprint.first().unwrap()).is_none());
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused =
        |set: &[(&str, serde_json::Value)], remove: &[&str]| edited(set, remove).unwrap_err();
    assert_eq!(refused(&[], &[]), "give `set`, `remove` or both");
    assert_eq!(
        refused(&[("services/VSS/state", json!("broken"))], &[]),
        "invalid value `\"broken\"` for `machines/SRV01/services/VSS/state`: unknown variant `broken`, \
         expected `running` or `stopped`"
    );
    assert_eq!(
        refused(&[("services/VSX/state", json!("stopped"))], &[]),
        "`machines/SRV01/services` has no `VSX`; did you mean `VSS`?"
    );
    assert_eq!(
        refused(&[], &["services/VSX"]),
        "`machines/SRV01/services` has no `VSX`; did you mean `VSS`?"
    );
    assert_eq!(refused(&[], &["os"]), "`machines/SRV01/os` cannot be removed, only set");
    assert_eq!(
        refused(&[("now", json!("2020-01-01T00:00:00Z"))], &[]),
        "time is no field to edit; use `time-passes`"
    );
    assert_eq!(
        refused(&[("machines/SRV09/domain", json!("x"))], &[]),
        "`machines` has no `SRV09`; did you mean `SRV01`?"
    );
}
