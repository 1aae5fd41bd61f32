use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

const FILE: &str = r"D:\Data\customers.mdf";

fn reading_gives(error: FileError) -> Machine {
    Machine::healthy().with(|machine| {
        machine.locked.insert(WinPath::new(FILE), error);
    })
}

#[test]
fn the_file_is_found() {
    let seen = look(&RULE, reading_gives(FileError::Corrupt));
    assert_cause(&seen, "file-corrupt", Some(FILE), "check-volume");
}

#[test]
fn other_files_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, reading_gives(FileError::AccessDenied)));
    // Nobody has selected it.
    let elsewhere = Machine::healthy().file(r"D:\Other\a.txt", "a").with(|machine| {
        machine.locked.insert(WinPath::new(r"D:\Other\a.txt"), FileError::Corrupt);
    });
    assert_silent(&look(&RULE, elsewhere));
}
