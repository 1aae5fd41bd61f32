use marslab_model::host::FileError;
use marslab_model::{Name, WinPath};

use super::{CAUSES, RULE};
use crate::testing::{Machine, assert_cause, assert_silent, look};

const FILE: &str = r"D:\Data\customers.mdf";

fn reading_gives(path: &str, error: FileError) -> Machine {
    let machine = Machine::healthy().file(path, "a");
    machine.with(|machine| {
        machine.unreadable = [(WinPath::new(path), error)].into();
        machine.denied = [(WinPath::new(path), [Name::new("SYSTEM")].into())].into();
    })
}

#[test]
fn every_error_has_its_cause() {
    for (error, cause, remedy) in CAUSES {
        let seen = look(&RULE, reading_gives(FILE, error));
        assert_cause(&seen, cause, Some(FILE), remedy);
        // Nobody has selected it.
        assert_silent(&look(&RULE, reading_gives(r"D:\Other\a.txt", error)));
    }
}

#[test]
fn other_files_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, reading_gives(FILE, FileError::TooLarge)));
    assert_silent(&look(&RULE, reading_gives(FILE, FileError::SharingViolation)));
    let without_a_list = reading_gives(FILE, FileError::AccessDenied);
    assert_silent(&look(&RULE, without_a_list.with(|machine| machine.denied.clear())));
}
