use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use marslab_model::Operation;

use super::{Rule, TABLE, judge};
use crate::facts::areas;
use crate::limits::Limits;
use crate::scene::Scene;
use crate::testing::{Machine, SCRATCH, temp_folder, told};

/// A rule without its line in the table would never be asked.
#[test]
fn every_file_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.map(|name| name.into_string().unwrap());
    let rules: BTreeSet<String> =
        files.filter(|name| name.ends_with(".rs") && name != "tests.rs").collect();
    assert_eq!(TABLE.len(), rules.len(), "{rules:?}");
}

#[test]
fn every_rule_matters_to_some_operation_once() {
    for Rule { during, .. } in TABLE {
        let operations: BTreeSet<&Operation> = during.iter().collect();
        assert!(!operations.is_empty() && operations.len() == during.len(), "{during:?}");
    }
}

#[test]
fn findings_are_sorted_and_only_of_the_operation() {
    let host = Machine::healthy()
        .without_file(&format!(r"{SCRATCH}\OnlineBackup.KEK"))
        .with(|machine| {
            machine.counts = [(temp_folder(), 70_000)].into();
            machine.hung = machine.services.keys().cloned().collect();
        })
        .host();
    let causes = |operation| {
        let diagnosis = judge(&Scene::at_rest(operation, &host, Limits::default()));
        let told = told(&diagnosis.findings);
        told.into_iter().map(|told| told.0.to_owned()).collect::<Vec<_>>()
    };
    let common = ["agent-service-needs-restart", "kek-missing", "temp-files-exhausted"];
    assert_eq!(causes(Operation::Backup), common);
    let [service, kek, temp] = common;
    assert_eq!(causes(Operation::Activate), [service, kek, temp]);
    assert_eq!(causes(Operation::Restore), [service, "iscsi-service-hung", temp]);
    assert_eq!(causes(Operation::Register), [service, temp]);
    assert_eq!(causes(Operation::DownloadCredentials), Vec::<String>::new());
}

#[test]
fn the_same_is_left_unchecked_once() {
    let host = Machine::healthy().with(|machine| machine.services.clear()).host();
    let diagnosis = judge(&Scene::at_rest(Operation::Restore, &host, Limits::default()));
    let mut unchecked = diagnosis.unchecked.clone();
    assert!(unchecked.iter().filter(|it| it.what == areas::MACHINE).count() > 1);
    unchecked.dedup();
    assert_eq!(unchecked, diagnosis.unchecked);
}
