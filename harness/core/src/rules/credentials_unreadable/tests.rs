use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::testing::{CREDENTIALS, Machine, assert_cause, assert_silent, look};

#[test]
fn a_file_that_cannot_be_read_is_found() {
    for error in [FileError::AccessDenied, FileError::SharingViolation] {
        let machine = Machine::healthy().with(|machine| {
            machine.unreadable.insert(WinPath::new(CREDENTIALS), error);
        });
        let (cause, remedy) = ("credentials-unreadable", "download-new-credentials");
        assert_cause(&look(&RULE, machine), cause, Some(CREDENTIALS), remedy);
    }
}

#[test]
fn what_is_in_it_does_not_matter() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::healthy().file(CREDENTIALS, "rubbish")));
    assert_silent(&look(&RULE, Machine::healthy().without_file(CREDENTIALS)));
}
