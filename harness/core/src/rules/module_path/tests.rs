use marslab_model::Name;

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

const WINDOWS: &str = r"C:\Windows\system32\WindowsPowerShell\v1.0\Modules\";
const AGENT: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules";

fn with(now: Option<&str>, at_boot: Option<&str>) -> Machine {
    let variable = |value: Option<&str>| {
        value.map(|value| (Name::new("PSMODULEPATH"), value.to_owned())).into_iter().collect()
    };
    Machine::healthy().with(|machine| {
        machine.environment = variable(now);
        machine.environment_at_boot = variable(at_boot);
    })
}

#[test]
fn a_path_without_the_module_is_found() {
    for value in [None, Some(""), Some(WINDOWS), Some(r"C:\Program Files\Other\bin\Modules")] {
        let seen = look(&RULE, with(value, value));
        assert_cause(&seen, "psmodulepath-missing", None, "add-module-path");
    }
}

#[test]
fn a_path_that_was_corrected_wants_a_restart() {
    let seen = look(&RULE, with(Some(AGENT), Some(WINDOWS)));
    assert_cause(&seen, "restart-pending", None, "restart-server");
}

#[test]
fn the_modules_folder_and_its_parent_are_fine() {
    for value in [
        AGENT.to_owned(),
        format!("{WINDOWS}; {AGENT}\\ ;"),
        format!(r"{}\MSOnlineBackup", AGENT.to_uppercase()),
    ] {
        assert_silent(&look(&RULE, with(Some(&value), Some(&value))));
    }
}

#[test]
fn what_was_changed_since_the_start_does_not_matter_yet() {
    assert_silent(&look(&RULE, with(None, Some(AGENT))));
}

#[test]
fn variables_are_expanded() {
    let value = r"%ProgramFiles%\Microsoft Azure Recovery Services Agent\bin\Modules;%Nobody%\x;5%";
    let machine = with(Some(value), Some(value)).with(|machine| {
        let folder = r"C:\Program Files".to_owned();
        machine.environment_at_boot.insert(Name::new("ProgramFiles"), folder);
    });
    assert_silent(&look(&RULE, machine));
}
