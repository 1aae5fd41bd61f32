use std::collections::BTreeSet;

use marslab_model::WinPath;
use marslab_model::world::FileAttribute;

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

const FILE: &str = r"D:\Data\2019\orders.mdf";

fn with(path: &str, attributes: &[FileAttribute]) -> Machine {
    let attributes: BTreeSet<FileAttribute> = attributes.iter().copied().collect();
    let mut machine = Machine::healthy();
    machine.files.get_mut(&WinPath::new(path)).unwrap().attributes = attributes;
    machine
}

#[test]
fn a_selected_file_with_unsupported_attributes_is_found() {
    use FileAttribute::{Encrypted, HardLink, ReparsePoint, Sparse};
    for attributes in [&[HardLink][..], &[ReparsePoint], &[Encrypted, Sparse]] {
        let seen = look(&RULE, with(FILE, attributes));
        assert_cause(&seen, "file-attribute-unsupported", Some(FILE), "exclude-from-backup");
    }
}

#[test]
fn supported_attributes_and_files_that_are_not_selected_are_fine() {
    use FileAttribute::{Compressed, Encrypted, HardLink, Sparse};
    for attributes in
        [&[][..], &[Compressed], &[Encrypted], &[Compressed, Sparse], &[Compressed, Encrypted]]
    {
        assert_silent(&look(&RULE, with(FILE, attributes)));
    }
    let other = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe";
    assert_silent(&look(&RULE, with(other, &[HardLink])));
}
