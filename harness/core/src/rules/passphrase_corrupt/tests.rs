use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look};

fn kek() -> String {
    format!(r"{SCRATCH}\OnlineBackup.KEK")
}

#[test]
fn a_key_file_that_is_damaged_or_of_another_passphrase_is_found() {
    for content in [
        "",
        "kek 1\n",
        "kek 1\nverifier beef\n",
        "kek 2\nverifier c0de\n",
        "verifier c0de\n",
        "kek 1\nverifier c0de\nsalt xx\n",
        "kek 1\nverifier c0de\nsalt\n",
        "kek 1\nverifier c0de\nsalt 0\n",
    ] {
        let seen = look(&RULE, Machine::healthy().file(&kek(), content));
        assert_cause(&seen, "passphrase-corrupt", None, "unregister-and-register-again");
    }
    let seen = look(&RULE, Machine::healthy().value(CONFIG_KEY, "KeyVerifier", "beef"));
    assert_cause(&seen, "passphrase-corrupt", None, "unregister-and-register-again");
}

#[test]
fn a_sound_key_file_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(
        &RULE,
        Machine::healthy().file(&kek(), "kek 1\r\n\r\nsalt 00\r\nverifier c0de\r\n"),
    ));
    assert_silent(&look(&RULE, Machine::unregistered()));
}

#[test]
fn what_is_missing_locked_or_misplaced_is_another_matter() {
    assert_silent(&look(&RULE, Machine::healthy().without_file(&kek())));
    let locked = Machine::healthy().with(|machine| {
        machine.unreadable.insert(WinPath::new(kek()), FileError::SharingViolation);
    });
    assert_silent(&look(&RULE, locked));
    let torn = Machine::healthy().value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch");
    assert_silent(&look(&RULE, torn.file(&kek(), "")));
}
