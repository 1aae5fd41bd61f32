use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look};

fn kek() -> String {
    format!(r"{SCRATCH}\OnlineBackup.KEK")
}

#[test]
fn a_missing_key_file_is_found() {
    let seen = look(&RULE, Machine::healthy().without_file(&kek()));
    assert_cause(&seen, "kek-missing", Some(&kek()), "restore-kek");
    let early = Machine::healthy().without_file(&kek()).without_value(CONFIG_KEY, "Activated");
    assert_cause(&look(&RULE, early), "kek-missing", Some(&kek()), "restore-kek");
}

#[test]
fn before_a_passphrase_was_set_there_is_none() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::unregistered()));
    let without = Machine::healthy().without_file(&kek()).without_value(CONFIG_KEY, "KeyVerifier");
    assert_silent(&look(&RULE, without));
}

#[test]
fn a_locked_file_is_not_a_missing_one() {
    let locked = Machine::healthy().with(|machine| {
        machine.unreadable.insert(WinPath::new(kek()), FileError::AccessDenied);
    });
    assert_silent(&look(&RULE, locked));
}

#[test]
fn where_two_folders_may_be_it_one_key_is_enough() {
    let torn = Machine::healthy().value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch");
    assert_silent(&look(&RULE, torn.clone()));
    // It is missed where the agent was installed.
    let seen = look(&RULE, torn.without_file(&kek()));
    assert_cause(&seen, "kek-missing", Some(&kek()), "restore-kek");
}

#[test]
fn where_the_folder_is_gone_the_file_is_another_rules_matter() {
    let gone = Machine::healthy().value(CONFIG_KEY, "ScratchLocation", r"D:\Scratch").value(
        PROVIDER_KEY,
        "ScratchLocation",
        r"D:\Scratch",
    );
    assert_silent(&look(&RULE, gone));
}
