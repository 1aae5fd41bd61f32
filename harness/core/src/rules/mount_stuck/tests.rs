use super::RULE;
use crate::facts::PROVIDER_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

#[test]
fn a_mount_that_was_begun_is_found() {
    let machine = Machine::healthy().value(PROVIDER_KEY, "MountInProgress", "6f1c");
    assert_cause(&look(&RULE, machine), "mount-stuck", None, "cancel-mount");
}

#[test]
fn without_one_all_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::healthy().value(PROVIDER_KEY, "MountInProgress", "")));
}
