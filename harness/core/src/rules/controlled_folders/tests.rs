use marslab_model::host::EventRecord;
use marslab_model::{Name, Operation};

use super::RULE;
use crate::facts::{CONTROLLED_FOLDERS, DEFENDER_LOG, INSTALL, TEMP_FOLDER};
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, NOW, SCRATCH, assert_cause, assert_silent, look_during};

const CAUSE: &str = "controlled-folder-access";
const REMEDY: &str = "allow-in-controlled-folders";

/// Defender in a mode, with a protected folder.
fn protecting(mode: u32, folder: &str) -> Machine {
    let machine = listing(Machine::healthy(), 1, ("ProtectedFolders", folder));
    machine.value(CONTROLLED_FOLDERS[1], "EnableControlledFolderAccess", mode).with(|machine| {
        machine.antivirus.product = "Microsoft Defender Antivirus".to_owned();
    })
}

fn listing(machine: Machine, at: usize, (list, path): (&str, &str)) -> Machine {
    machine.value(&format!(r"{}\{list}", CONTROLLED_FOLDERS[at]), path, 0)
}

fn look(operation: Operation, machine: Machine) -> RuleOutput {
    look_during(&RULE, operation, machine, |_| {})
}

#[test]
fn a_protected_folder_that_the_agent_writes_in_is_found() {
    for folder in [SCRATCH, INSTALL, r"C:\Program Files\"] {
        let seen = look(Operation::Backup, protecting(1, folder));
        assert_cause(&seen, CAUSE, Some(folder.trim_end_matches('\\')), REMEDY);
    }
    for operation in [Operation::Register, Operation::Backup] {
        let seen = look(operation, protecting(1, TEMP_FOLDER));
        assert_cause(&seen, CAUSE, Some(TEMP_FOLDER), REMEDY);
    }
    let other =
        listing(protecting(1, SCRATCH), 1, ("AllowedApplications", r"C:\Tools\cbengine.exe"));
    assert_cause(&look(Operation::Backup, other), CAUSE, Some(SCRATCH), REMEDY);
    let by_policy = listing(protecting(1, r"D:\Data"), 0, ("ProtectedFolders", SCRATCH));
    assert_cause(&look(Operation::Backup, by_policy), CAUSE, Some(SCRATCH), REMEDY);
}

#[test]
fn what_was_kept_back_is_evidence() {
    let message = format!(r"{INSTALL}\bin\cbengine.exe has been blocked from modifying {SCRATCH}");
    let machine = protecting(1, SCRATCH).with(|machine| {
        let record = |id, message: &str| EventRecord {
            at: NOW.parse().unwrap(),
            id,
            source: String::new(),
            message: message.to_owned(),
        };
        let records = vec![record(1123, &message), record(1124, &message), record(1123, "other")];
        machine.events.insert(Name::new(DEFENDER_LOG), records);
    });
    let seen = look(Operation::Backup, machine);
    assert!(seen.findings[0].evidence[1].contains("1123: C:"), "{seen:?}");
}

#[test]
fn whatever_does_not_keep_the_engine_back_is_fine() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let allowed = listing(protecting(1, SCRATCH), 0, ("AllowedApplications", &engine));
    let idle = protecting(1, SCRATCH).with(|machine| machine.antivirus.product.clear());
    let by_policy =
        protecting(1, SCRATCH).value(CONTROLLED_FOLDERS[0], "EnableControlledFolderAccess", 0);
    for machine in [allowed, idle, by_policy, protecting(2, SCRATCH), protecting(0, SCRATCH)] {
        assert_silent(&look(Operation::Backup, machine));
    }
    assert_silent(&look(Operation::Backup, protecting(1, r"D:\Data")));
    assert_silent(&look(Operation::Register, protecting(1, SCRATCH)));
    assert_silent(&look(Operation::Backup, Machine::healthy()));
}
