use marslab_model::host::{EventRecord, FileError};
use marslab_model::{Name, Operation, Unchecked, WinPath};

use super::RULE;
use crate::facts::{DEFENDER_LOG, INSTALL, areas};
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, SCRATCH, assert_silent, look, look_during, told};

const CSC: &str = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe";

/// A machine on which another program uses these files, or what is in these folders.
fn held(paths: &[&str]) -> Machine {
    Machine::healthy().with(|machine| {
        machine.antivirus.product = "Guard".to_owned();
        let held = paths.iter().map(|path| (WinPath::new(*path), FileError::SharingViolation));
        machine.unreadable = held.collect();
    })
}

fn excluding(machine: Machine, exclusions: &[&str]) -> Machine {
    machine.with(|machine| {
        machine.antivirus.exclusions = exclusions.iter().map(|it| WinPath::new(*it)).collect();
    })
}

#[track_caller]
fn check_seen(seen: &RuleOutput, expected: &[&str]) {
    let abouts: Vec<&str> = told(&seen.findings).iter().filter_map(|told| told.1).collect();
    assert_eq!(abouts, expected);
    assert!(seen.findings.iter().all(|finding| finding.cause == "antivirus-blocks"));
}

#[track_caller]
fn check(paths: &[&str], expected: &[&str]) {
    check_seen(&look(&RULE, held(paths)), expected);
}

#[test]
fn what_is_held_is_found() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let bin = format!(r"{INSTALL}\bin");
    let key = format!(r"{SCRATCH}\OnlineBackup.KEK");
    check(&[&engine], &[&engine]);
    check(&[CSC], &[CSC]);
    check(&[SCRATCH], &[SCRATCH]);
    check(&[&key], &[&key]);
    check(&[&bin], &[&bin]);
    check(&[INSTALL], &[&bin, SCRATCH]);
    check(&[r"C:\"], &[&bin, SCRATCH, CSC]);
}

#[test]
fn a_folder_without_files_is_found_by_what_would_be_in_it() {
    let machine = Machine::unregistered().with(|machine| {
        machine.antivirus.product = "Guard".to_owned();
        machine.unreadable.insert(WinPath::new(SCRATCH), FileError::SharingViolation);
    });
    check_seen(&look(&RULE, machine), &[SCRATCH]);
    let checksums = format!(r"{SCRATCH}\checksums.dat");
    check(&[&checksums], &[&checksums]);
}

#[test]
fn what_is_backed_up_has_to_be_read_too() {
    let file = r"D:\Data\2019\orders.mdf";
    let during = |operation, paths: &[&str]| look_during(&RULE, operation, held(paths), |_| {});
    check_seen(&during(Operation::Backup, &[file]), &[file]);
    check_seen(&during(Operation::Backup, &[r"D:\Data"]), &[r"D:\Data"]);
    assert_silent(&during(Operation::Register, &[file]));
}

#[test]
fn what_is_excluded_is_held_by_somebody_else() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let seen = |exclusion: &str| look(&RULE, excluding(held(&[&engine]), &[exclusion]));
    check_seen(&seen("dpmra.exe"), &[&engine]);
    check_seen(&seen(r"C:\Windows"), &[&engine]);
    for exclusion in ["CBENGINE.EXE", &format!(r"{INSTALL}\bin\*"), INSTALL, &engine] {
        let seen = seen(exclusion);
        assert_eq!(seen.findings, [], "{exclusion}");
        let Unchecked { what, because } = &seen.unchecked[0];
        assert_eq!(what, areas::AGENT_FILES, "{exclusion}");
        assert!(because.contains(&engine), "{because}");
    }
    let without = held(&[&engine]).with(|machine| machine.antivirus.product.clear());
    assert_eq!(look(&RULE, without).unchecked.len(), 1);
}

#[test]
fn other_errors_and_other_files_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, excluding(held(&[]), &[INSTALL])));
    let other = r"C:\Windows\Microsoft.NET\Framework\v1.1\csc.exe";
    assert_silent(&look(&RULE, held(&[r"C:\Users", r"C:\notepad.exe", other])));
}

#[test]
fn what_windows_names_is_not_its_doing() {
    let key = format!(r"{SCRATCH}\OnlineBackup.KEK");
    let open = held(&[&key]).with(|machine| {
        machine.file_users.insert(WinPath::new(&*key), [Name::new("sqlservr.exe")].into());
    });
    assert_silent(&look(&RULE, open));
    // It holds the whole folder, even if another program has one of the files open.
    let both = held(&[SCRATCH]).with(|machine| {
        machine.file_users.insert(WinPath::new(&*key), [Name::new("sqlservr.exe")].into());
    });
    check_seen(&look(&RULE, both), &[SCRATCH]);
    let denied = held(&[]).with(|machine| {
        machine.unreadable.insert(WinPath::new(SCRATCH), FileError::AccessDenied);
    });
    check_seen(&look(&RULE, denied.clone()), &[SCRATCH]);
    let by_a_list = denied.with(|machine| {
        machine.denied.insert(WinPath::new(SCRATCH), [Name::new("SYSTEM")].into());
    });
    assert_silent(&look(&RULE, by_a_list));
}

#[test]
fn the_programs_own_log_is_evidence() {
    let machine = held(&[CSC]).with(|machine| {
        let record = |message: String| EventRecord {
            at: machine.now,
            id: 1117,
            source: "Guard".to_owned(),
            message,
        };
        let records = vec![record(format!("blocked {CSC}")), record("another".to_owned())];
        machine.events.insert(Name::new(DEFENDER_LOG), records);
    });
    let seen = look(&RULE, machine);
    assert_eq!(seen.findings[0].evidence.len(), 2, "{:?}", seen.findings[0].evidence);
    assert!(seen.findings[0].evidence[1].contains("1117: blocked"));
}
