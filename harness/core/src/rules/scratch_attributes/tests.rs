use marslab_model::WinPath;
use marslab_model::world::FileAttribute;

use super::RULE;
use crate::facts::PROVIDER_KEY;
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look};

use FileAttribute::{Compressed, Encrypted, ReparsePoint, Sparse};

fn disk() -> String {
    format!(r"{SCRATCH}\metadata.vhd")
}

/// A machine on which the folder, or its virtual hard disk, has these attributes.
fn with(path: &str, attributes: &[FileAttribute]) -> Machine {
    Machine::healthy().with(|machine| {
        let attributes = attributes.iter().copied().collect();
        match machine.files.get_mut(&WinPath::new(path)) {
            Some(file) => file.attributes = attributes,
            None => drop(machine.folder_attributes.insert(WinPath::new(path), attributes)),
        }
    })
}

#[track_caller]
fn assert_found(machine: Machine, evidence: &str) {
    let seen = look(&RULE, machine);
    let (cause, remedy) = ("scratch-attributes-unsupported", "remove-attributes");
    assert_cause(&seen, cause, Some(SCRATCH), remedy);
    assert_eq!(seen.findings[0].evidence, [evidence]);
}

#[test]
fn a_disk_that_windows_does_not_attach_is_found() {
    let disk = disk();
    assert_found(with(&disk, &[Compressed]), &format!("{disk} is compressed"));
    assert_found(with(&disk, &[Encrypted]), &format!("{disk} is encrypted"));
    assert_found(with(&disk, &[Sparse]), &format!("{disk} is sparse"));
    let both = with(&disk, &[Compressed, Sparse, ReparsePoint]);
    assert_found(both, &format!("{disk} is compressed and sparse"));
}

#[test]
fn a_new_disk_is_as_its_folder() {
    let new = |attributes| with(SCRATCH, attributes).without_file(&disk());
    assert_found(new(&[Compressed]), &format!("{SCRATCH} is compressed"));
    assert_found(new(&[Encrypted]), &format!("{SCRATCH} is encrypted"));
    assert_silent(&look(&RULE, new(&[Sparse, ReparsePoint])));
    assert_silent(&look(&RULE, new(&[])));
}

#[test]
fn what_is_attached_all_the_same_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, with(&disk(), &[ReparsePoint])));
    // The disk that is there was made before.
    assert_silent(&look(&RULE, with(SCRATCH, &[Compressed])));
    assert_silent(&look(&RULE, with(r"D:\Data", &[Compressed])));
}

#[test]
fn a_folder_that_is_not_known_or_not_there_is_another_rules_matter() {
    let torn = with(&disk(), &[Compressed]);
    assert_silent(&look(&RULE, torn.value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch")));
    assert_silent(&look(&RULE, Machine::unregistered()));
}
