use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

#[test]
fn a_registration_without_a_passphrase_is_found() {
    let without = Machine::healthy().without_value(CONFIG_KEY, "KeyVerifier");
    assert_cause(&look(&RULE, without), "passphrase-not-set", None, "set-passphrase");
}

#[test]
fn others_have_one_or_need_none() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::unregistered()));
}
