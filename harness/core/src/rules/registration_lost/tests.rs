use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

#[test]
fn a_key_without_a_registration_is_found() {
    let lost = Machine::healthy().without_value(CONFIG_KEY, "MachineId");
    assert_cause(&look(&RULE, lost), "registration-lost", None, "register-and-configure");
}

#[test]
fn a_server_that_never_was_registered_has_lost_nothing() {
    assert_silent(&look(&RULE, Machine::unregistered()));
    assert_silent(&look(&RULE, Machine::healthy()));
}
