use marslab_model::{Operation, WinPath};

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look, look_during};

/// A machine whose registry names this folder, and whose first one is gone.
fn named(folder: &str) -> Machine {
    let machine = Machine::healthy().value(CONFIG_KEY, "ScratchLocation", folder);
    machine.value(PROVIDER_KEY, "ScratchLocation", folder).with(|machine| {
        machine.files.retain(|path, _| !path.is_within(&WinPath::new(SCRATCH)));
    })
}

#[test]
fn a_folder_that_is_nowhere_is_found() {
    for folder in [SCRATCH, r"D:\Scratch"] {
        let seen = look(&RULE, named(folder));
        assert_cause(&seen, "scratch-folder-missing", Some(folder), "restore-kek");
    }
    // Before an activation there need be none.
    assert_silent(&look(&RULE, named(SCRATCH).without_value(CONFIG_KEY, "Activated")));
}

#[test]
fn a_volume_that_is_gone_is_found_before_an_activation_too() {
    let gone = || named(r"X:\Scratch");
    for machine in [gone(), gone().without_value(CONFIG_KEY, "Activated")] {
        let seen = look(&RULE, machine);
        let about = Some(r"X:\Scratch");
        assert_cause(&seen, "scratch-folder-missing", about, "bring-volume-online");
    }
}

#[test]
fn what_only_writes_there_needs_the_volume_alone() {
    for operation in [Operation::SetPassphrase, Operation::Restore] {
        let seen = look_during(&RULE, operation, named(r"X:\Scratch"), |_| {});
        let about = Some(r"X:\Scratch");
        assert_cause(&seen, "scratch-folder-missing", about, "bring-volume-online");
        assert_silent(&look_during(&RULE, operation, named(SCRATCH), |_| {}));
    }
}

#[test]
fn a_folder_that_is_there_or_was_left_somewhere_is_not() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::unregistered()));
    let kek = |machine: Machine, folder: &str| {
        machine.file(&format!(r"{folder}\OnlineBackup.KEK"), "kek 1")
    };
    assert_silent(&look(&RULE, kek(named(r"X:\Scratch"), SCRATCH)));
    assert_silent(&look(&RULE, kek(named(r"X:\Scratch"), r"D:\Cache")));
    assert_silent(&look(&RULE, kek(named(r"D:\Backup\Scratch"), r"D:\Backup\Old")));
}
