use marslab_model::host::FileError;
use marslab_model::{Name, Operation, WinPath};

use super::RULE;
use crate::facts::{INSTALL, PROVIDER_KEY, TEMP_FOLDER};
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look_during};

/// A machine on which the access list of a file or folder denies an account.
fn denying(path: &str, who: &str) -> Machine {
    Machine::healthy().file(&in_scratch("checksums.dat"), "1").with(|machine| {
        machine.unreadable.insert(WinPath::new(path), FileError::AccessDenied);
        machine.denied.insert(WinPath::new(path), [Name::new(who)].into());
    })
}

fn in_scratch(name: &str) -> String {
    format!(r"{SCRATCH}\{name}")
}

fn during(operation: Operation, machine: Machine) -> RuleOutput {
    look_during(&RULE, operation, machine, |_| {})
}

#[track_caller]
fn assert_found(seen: &RuleOutput, about: &str) {
    assert_cause(seen, "agent-access-denied", Some(about), "grant-file-access");
}

#[test]
fn a_folder_that_denies_system_is_found_whatever_is_done() {
    for operation in RULE.during {
        assert_found(&during(*operation, denying(SCRATCH, "SYSTEM")), SCRATCH);
    }
}

#[test]
fn what_antivirus_may_do_behind_an_access_list_is_left_unchecked() {
    let guarded = |path: &str| {
        let machine = denying(path, "SYSTEM");
        machine.with(|it| it.antivirus.product = "Guard".to_owned())
    };
    let checksums = WinPath::new(in_scratch("checksums.dat"));
    let areas = |machine| {
        let seen = during(Operation::Backup, machine);
        assert_eq!(seen.findings.len(), 1);
        seen.unchecked.into_iter().map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(areas(guarded(&in_scratch("metadata.vhd"))), ["agent-files"]);
    assert_eq!(areas(guarded(SCRATCH)), ["agent-files"; 4]);
    let without_checksums = guarded(SCRATCH).with(|it| drop(it.files.remove(&checksums)));
    assert_eq!(areas(without_checksums), ["agent-files"; 3]);
    assert_eq!(areas(guarded(TEMP_FOLDER)), [""; 0]);
    assert_eq!(areas(denying(&in_scratch("metadata.vhd"), "SYSTEM")), [""; 0]);
}

#[test]
fn a_file_that_denies_system_is_found_where_it_is_opened() {
    use Operation::{Activate, Backup, Register, Restore, ScheduledBackup, SetPassphrase};
    for (name, opened, left) in [
        ("CBSettings.xml", &[Register, SetPassphrase, Restore, Backup][..], &[][..]),
        ("OnlineBackup.KEK", &[SetPassphrase, Activate, Backup], &[Register, Restore]),
        ("metadata.vhd", &[Activate, ScheduledBackup], &[SetPassphrase, Restore]),
        ("checksums.dat", &[Backup, ScheduledBackup], &[Activate, SetPassphrase]),
    ] {
        let path = in_scratch(name);
        for operation in opened {
            assert_found(&during(*operation, denying(&path, "SYSTEM")), &path);
        }
        for operation in left {
            assert_silent(&during(*operation, denying(&path, "SYSTEM")));
        }
    }
}

#[test]
fn the_folder_above_may_have_the_list() {
    let seen = during(Operation::Backup, denying(INSTALL, "SYSTEM"));
    assert_found(&seen, INSTALL);
    // Its program is denied first.
    assert!(seen.findings[0].evidence[0].ends_with("cbengine.exe"));
}

#[test]
fn programs_and_the_folder_for_temporary_files_are_found_whatever_is_done() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let compiler = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe";
    for path in [engine.as_str(), compiler, TEMP_FOLDER, r"C:\Windows"] {
        for operation in RULE.during {
            assert_found(&during(*operation, denying(path, "SYSTEM")), path);
        }
    }
    assert_silent(&during(Operation::Backup, denying(TEMP_FOLDER, r"CORP\operator")));
    assert_silent(&during(Operation::Backup, denying(r"C:\Windows\System32", "SYSTEM")));
}

#[test]
fn of_two_folders_either_may_deny() {
    let torn = |denied: &str| {
        denying(denied, "SYSTEM").value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch")
    };
    assert_found(&during(Operation::Backup, torn(SCRATCH)), SCRATCH);
    assert_found(&during(Operation::Backup, torn(r"D:\Scratch")), r"D:\Scratch");
}

#[test]
fn other_accounts_and_other_refusals_are_fine() {
    assert_silent(&during(Operation::Backup, Machine::healthy()));
    assert_silent(&during(Operation::Backup, denying(SCRATCH, r"CORP\operator")));
    let by_antivirus = denying(SCRATCH, "SYSTEM").with(|machine| machine.denied.clear());
    assert_silent(&during(Operation::Backup, by_antivirus));
}
