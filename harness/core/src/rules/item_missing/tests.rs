use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn selecting(items: &str) -> Machine {
    Machine::healthy().value(CONFIG_KEY, "BackupItems", items)
}

#[test]
fn a_missing_folder_is_found() {
    let (cause, remedy) = ("backup-item-missing", "update-backup-items");
    for items in [r"D:\Gone", r"D:\Data;D:\Gone", r"D:\Gone; D:\Data\customers.mdf"] {
        assert_cause(&look(&RULE, selecting(items)), cause, Some(r"D:\Gone"), remedy);
    }
}

#[test]
fn what_is_there_or_excluded_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    let excluded = selecting(r"D:\Data;D:\Gone").value(CONFIG_KEY, "BackupExclusions", r"D:\Gone");
    assert_silent(&look(&RULE, excluded));
    let locked = selecting(r"D:\Data\customers.mdf").with(|machine| {
        machine.unreadable.insert(WinPath::new(r"D:\Data\customers.mdf"), FileError::AccessDenied);
    });
    assert_silent(&look(&RULE, locked));
}
