use super::RULE;
use crate::testing::{Machine, assert_advice, assert_silent, look};

#[test]
fn missing_updates_are_advised_against() {
    let machine = Machine::healthy().with(|machine| {
        machine.os.missing_updates = ["KB4494440".to_owned(), "KB4499177".to_owned()].into();
    });
    assert_advice(&look(&RULE, machine), "os-outdated", None, "install-updates");
}

#[test]
fn an_updated_system_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
}
