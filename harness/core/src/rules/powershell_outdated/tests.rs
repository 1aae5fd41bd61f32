use super::RULE;
use crate::facts::POWERSHELL_KEYS;
use crate::facts::areas;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn old(version: &str) -> Machine {
    let machine = Machine::healthy().without_value(POWERSHELL_KEYS[0], "PowerShellVersion");
    machine.value(POWERSHELL_KEYS[1], "PowerShellVersion", version)
}

#[test]
fn version_2_is_found() {
    let seen = look(&RULE, old("2.0"));
    assert_cause(&seen, "powershell-outdated", Some("2.0"), "install-powershell");
    let seen =
        look(&RULE, Machine::healthy().value(POWERSHELL_KEYS[0], "PowerShellVersion", "2.9"));
    assert_cause(&seen, "powershell-outdated", Some("2.9"), "install-powershell");
}

#[test]
fn version_3_and_later_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    for version in ["3.0", "4.0", "10.1"] {
        let machine = Machine::healthy().value(POWERSHELL_KEYS[0], "PowerShellVersion", version);
        assert_silent(&look(&RULE, machine));
    }
}

#[test]
fn without_a_version_nobody_knows() {
    let none = old("2.0").without_value(POWERSHELL_KEYS[1], "PowerShellVersion");
    assert_unchecked(&look(&RULE, none), areas::MACHINE);
}
