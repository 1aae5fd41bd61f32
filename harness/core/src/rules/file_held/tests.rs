use marslab_model::host::FileError;
use marslab_model::{Name, Operation, WinPath};

use super::{FINDINGS_MAX, RULE};
use crate::facts::INSTALL;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look, look_during};

/// A machine on which a program has a file open.
fn open(path: &str) -> Machine {
    Machine::healthy().with(|machine| {
        machine.unreadable.insert(WinPath::new(path), FileError::SharingViolation);
        machine.file_users.insert(WinPath::new(path), [Name::new("sqlservr.exe")].into());
    })
}

fn during(operation: Operation, machine: Machine) -> RuleOutput {
    look_during(&RULE, operation, machine, |_| {})
}

#[test]
fn what_the_agent_needs_and_a_program_has_open_is_found() {
    let key = format!(r"{SCRATCH}\OnlineBackup.KEK");
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let compiler = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe";
    for path in [key.as_str(), &engine, compiler] {
        let seen = look(&RULE, open(path));
        assert_cause(&seen, "file-held-by-program", Some(path), "close-program");
        assert_eq!(seen.findings[0].evidence, [format!("{path} is open in sqlservr.exe")]);
    }
}

#[test]
fn a_selected_file_is_needed_where_it_is_copied() {
    let file = r"D:\Data\customers.mdf";
    for operation in [Operation::Backup, Operation::ScheduledBackup] {
        let seen = during(operation, open(file));
        assert_cause(&seen, "file-held-by-program", Some(file), "close-program");
    }
    assert_silent(&during(Operation::Activate, open(file)));
    assert_silent(&during(Operation::Backup, open(r"D:\Other\customers.mdf")));
}

#[test]
fn what_nobody_has_open_is_fine() {
    assert_silent(&during(Operation::Backup, Machine::healthy()));
    let file = r"D:\Data\customers.mdf";
    let by_nobody = open(file).with(|machine| machine.file_users.clear());
    assert_silent(&during(Operation::Backup, by_nobody));
    let shared = open(file).with(|machine| machine.unreadable.clear());
    assert_silent(&during(Operation::Backup, shared));
}

#[test]
fn of_many_files_some_are_named() {
    let mut machine = Machine::healthy();
    for number in 0..=FINDINGS_MAX {
        let path = format!(r"D:\Data\{number:02}.mdf");
        machine = machine.file(&path, "a");
        machine.unreadable.insert(WinPath::new(&*path), FileError::SharingViolation);
        machine.file_users.insert(WinPath::new(&*path), [Name::new("sqlservr.exe")].into());
    }
    assert_eq!(during(Operation::Backup, machine).findings.len(), FINDINGS_MAX);
}
