use marslab_model::Name;

use super::RULE;
use crate::facts::BACKUP_TASK;
use crate::testing::{ADMIN, ADMIN_HIVE, Machine, assert_cause, assert_silent, look};

const SHELL: &str = r"SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";
const GROUP: &str = r"SOFTWARE\Policies\Microsoft\Windows\PowerShell";

fn with(settings: &[(&str, &str, &str)]) -> Machine {
    settings.iter().fold(Machine::healthy(), |machine, (hive, key, policy)| {
        machine.value(&format!("{hive}\\{key}"), "ExecutionPolicy", *policy)
    })
}

#[track_caller]
fn assert_restricted(machine: Machine) {
    let seen = look(&RULE, machine);
    assert_cause(&seen, "execution-policy-restricted", None, "set-execution-policy");
}

#[test]
fn a_restricted_machine_is_found() {
    assert_restricted(with(&[("HKLM", SHELL, "Restricted")]));
    assert_restricted(with(&[("HKLM", SHELL, "restricted")]));
    assert_restricted(with(&[("HKLM", SHELL, "RemoteSigned"), ("HKLM", GROUP, "Restricted")]));
    assert_restricted(with(&[
        ("HKLM", SHELL, "RemoteSigned"),
        (r"HKU\S-1-5-18", SHELL, "Restricted"),
    ]));
}

#[test]
fn other_policies_are_fine() {
    for policy in ["RemoteSigned", "Unrestricted", "AllSigned", "Bypass", "Undefined"] {
        assert_silent(&look(&RULE, with(&[("HKLM", SHELL, policy)])));
    }
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn a_scope_that_goes_before_the_machines_counts() {
    let restricted = ("HKLM", SHELL, "Restricted");
    assert_silent(&look(&RULE, with(&[restricted, ("HKLM", GROUP, "RemoteSigned")])));
    assert_silent(&look(&RULE, with(&[restricted, (r"HKU\S-1-5-18", SHELL, "RemoteSigned")])));
    assert_restricted(with(&[restricted, (ADMIN_HIVE, SHELL, "RemoteSigned")]));
    let own = with(&[restricted]).with(|machine| {
        let task = machine.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap();
        task.arguments = "-NoProfile -ExecutionPolicy Bypass -Command \"x\"".to_owned();
    });
    assert_silent(&look(&RULE, own));
}

#[test]
fn the_tasks_account_has_a_scope_of_its_own() {
    let task_of_admin = |machine: &mut Machine| {
        machine.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap().account = Name::new(ADMIN);
    };
    let settings = [("HKLM", SHELL, "Restricted"), (ADMIN_HIVE, SHELL, "RemoteSigned")];
    assert_silent(&look(&RULE, with(&settings).with(task_of_admin)));
}
