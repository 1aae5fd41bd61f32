use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::{INSTALL, areas};
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

const BROKEN: &str = "NORMAL\tException in RecoverFiles | Params: {Data = }{Message = An error. \
    (rec.example:3260)}{HResult = 0x8007045d}";
const DONE: &str = "NORMAL\tRecovery succeeded.";

fn log() -> String {
    format!(r"{INSTALL}\Temp\CBEngineCurr.errlog")
}

fn logged(lines: &[&str]) -> Machine {
    Machine::healthy().file(&log(), &lines.join("\r\n"))
}

#[test]
fn the_last_restore_that_broke_off_is_found() {
    for lines in [&[BROKEN][..], &[DONE, BROKEN], &[BROKEN, "another"]] {
        let seen = look(&RULE, logged(lines));
        assert_cause(&seen, "recovery-connection-broken", Some("rec.example"), "allow-at-firewall");
        let evidence = &seen.findings[0].evidence[0];
        assert!(evidence.contains(": Exception in RecoverFiles"), "{evidence}");
    }
    let nameless = BROKEN.replace(" (rec.example:3260)", "");
    let seen = look(&RULE, logged(&[&nameless]));
    assert_cause(&seen, "recovery-connection-broken", None, "allow-at-firewall");
}

#[test]
fn a_restore_that_succeeded_since_or_failed_otherwise_is_fine() {
    assert_silent(&look(&RULE, logged(&[BROKEN, DONE])));
    assert_silent(&look(&RULE, logged(&[&BROKEN.replace("045d", "0070")])));
    assert_silent(&look(&RULE, logged(&[&BROKEN.replace("RecoverFiles", "OpenFile")])));
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn a_log_that_cannot_be_read_is_unchecked() {
    let locked = logged(&[BROKEN]).with(|machine| {
        machine.unreadable.insert(WinPath::new(log()), FileError::SharingViolation);
    });
    assert_unchecked(&look(&RULE, locked), areas::AGENT_FILES);
}
