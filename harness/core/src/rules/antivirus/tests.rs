use marslab_model::WinPath;

use super::RULE;
use crate::facts::INSTALL;
use crate::seen::Seen;
use crate::testing::{Machine, SCRATCH, assert_silent, look, told};

const CSC: &str = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe";

fn guarded(watches: &[&str], exclusions: &[&str]) -> Seen {
    let paths = |paths: &[&str]| paths.iter().map(|path| WinPath::new(*path)).collect();
    let machine = Machine::healthy().with(|machine| {
        machine.antivirus.product = "Guard".to_owned();
        machine.antivirus.watches = paths(watches);
        machine.antivirus.exclusions = paths(exclusions);
    });
    look(&RULE, machine)
}

#[track_caller]
fn check(watches: &[&str], exclusions: &[&str], expected: &[&str]) {
    let seen = guarded(watches, exclusions);
    let abouts: Vec<&str> = told(&seen.findings).iter().filter_map(|told| told.1).collect();
    assert_eq!(abouts, expected, "watching {watches:?}, excluding {exclusions:?}");
    assert!(seen.findings.iter().all(|finding| finding.cause == "antivirus-blocks"));
}

#[test]
fn what_is_watched_and_not_excluded_is_found() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    let bin = format!(r"{INSTALL}\Bin");
    check(&[&engine], &[], &[&engine]);
    check(&[&engine], &["dpmra.exe"], &[&engine]);
    check(&["CBEngine.exe"], &[], &[&engine]);
    check(&[CSC], &["cbengine.exe"], &[CSC]);
    check(&[SCRATCH], &[&bin], &[SCRATCH]);
    check(&[&format!(r"{SCRATCH}\*")], &[], &[SCRATCH]);
    check(&[&bin, &engine], &[], &[&bin]);
    check(&[INSTALL], &[&bin], &[SCRATCH]);
}

#[test]
fn what_is_excluded_is_fine() {
    let engine = format!(r"{INSTALL}\bin\cbengine.exe");
    check(&[&engine], &["CBENGINE.EXE"], &[]);
    check(&[&engine], &[&format!(r"{INSTALL}\bin\*")], &[]);
    check(&[SCRATCH, CSC], &[INSTALL, "csc.exe"], &[]);
    check(&[r"C:\"], &[INSTALL, CSC], &[]);
}

#[test]
fn what_the_agent_does_not_need_is_fine() {
    check(
        &[r"C:\Users", "notepad.exe", r"C:\Windows\Microsoft.NET\Framework\v1.1\csc.exe"],
        &[],
        &[],
    );
    assert_silent(&look(&RULE, Machine::healthy()));
    let uninstalled = Machine::healthy().with(|machine| {
        machine.antivirus.watches = [WinPath::new(SCRATCH)].into();
    });
    assert_silent(&look(&RULE, uninstalled));
}
