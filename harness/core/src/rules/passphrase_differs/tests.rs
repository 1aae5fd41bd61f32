use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::INSTALL;
use crate::facts::areas;

use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn log() -> String {
    format!(r"{INSTALL}\Temp\CBEngineCurr.errlog")
}

fn after(lines: &[&str]) -> RuleOutput {
    let lines: Vec<String> = lines.iter().map(|line| format!("0A1B\tWARNING\t{line}")).collect();
    look(&RULE, Machine::healthy().file(&log(), &lines.join("\r\n")))
}

const REFUSED: &str = "Exception in SetEncryptionPassphrase | Params: {Data = }{Message = The remote server returned an error: (409) Conflict.}";
const TAKEN: &str = "Server properties updated successfully.";

#[test]
fn a_refused_passphrase_is_found() {
    for lines in
        [&[REFUSED][..], &[TAKEN, "Machine registration succeeded.", REFUSED, "a line"][..]]
    {
        let seen = after(lines);
        assert_cause(
            &seen,
            "passphrase-differs-from-first",
            Some("vault-east"),
            "use-first-passphrase",
        );
    }
}

#[test]
fn what_was_refused_before_is_over() {
    assert_silent(&after(&[REFUSED, TAKEN]));
    assert_silent(&after(&[TAKEN]));
    assert_silent(&after(&[&REFUSED.replace("(409) Conflict", "(404) Not Found")]));
    assert_silent(&after(&[&REFUSED.replace("SetEncryptionPassphrase", "ActivateMachine")]));
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn a_log_that_cannot_be_read_says_nothing() {
    let locked = Machine::healthy().file(&log(), REFUSED).with(|machine| {
        machine.unreadable.insert(WinPath::new(log()), FileError::SharingViolation);
    });
    assert_unchecked(&look(&RULE, locked), areas::AGENT_FILES);
}
