use marslab_model::host::FileError;
use marslab_model::{Name, WinPath};

use super::{Keeper, keeper};
use crate::items::Opened;
use crate::testing::Machine;

const FILE: &str = r"D:\Data\customers.mdf";

/// Who keeps SYSTEM from a file that gives this error, after a change.
fn found(error: FileError, change: impl FnOnce(&mut Machine)) -> Option<Keeper> {
    let machine = Machine::healthy().with(|machine| {
        machine.unreadable.insert(WinPath::new(FILE), error);
        change(machine);
    });
    let host = machine.host();
    let opened = Opened::new(&host, WinPath::new(FILE));
    keeper(&host, &opened)
}

#[test]
fn programs_that_have_a_file_open_are_named() {
    let programs: std::collections::BTreeSet<Name> =
        ["sqlservr.exe", "winword.exe"].map(Name::new).into();
    let open = |machine: &mut Machine| {
        machine.file_users.insert(WinPath::new(FILE), programs.clone());
    };
    assert_eq!(found(FileError::SharingViolation, open), Some(Keeper::Programs(programs.clone())));
    assert_eq!(found(FileError::SharingViolation, |_| {}), Some(Keeper::Unnamed));
    // Who has it open does not deny access to it.
    assert_eq!(found(FileError::AccessDenied, open), Some(Keeper::Unnamed));
}

#[test]
fn the_nearest_access_list_that_denies_system_is_named() {
    let denies = |places: &'static [&str], who: &'static str| {
        move |machine: &mut Machine| {
            let denied = places.iter().map(|it| (WinPath::new(*it), [Name::new(who)].into()));
            machine.denied = denied.collect();
        }
    };
    let by = |place: &str| Some(Keeper::AccessList(WinPath::new(place)));
    let denied = FileError::AccessDenied;
    assert_eq!(found(denied, denies(&[FILE, r"D:\Data"], "SYSTEM")), by(FILE));
    assert_eq!(found(denied, denies(&[r"D:\Data"], r"nt authority\system")), by(r"D:\Data"));
    assert_eq!(found(denied, denies(&["D:"], "SYSTEM")), by("D:"));
    assert_eq!(found(denied, denies(&[FILE], r"CORP\operator")), Some(Keeper::Unnamed));
    assert_eq!(found(denied, denies(&[r"D:\Other"], "SYSTEM")), Some(Keeper::Unnamed));
    assert_eq!(
        found(FileError::SharingViolation, denies(&[FILE], "SYSTEM")),
        Some(Keeper::Unnamed)
    );
}

#[test]
fn nobody_keeps_what_can_be_read_or_fails_otherwise() {
    assert_eq!(found(FileError::Corrupt, |_| {}), None);
    assert_eq!(found(FileError::TooLarge, |_| {}), None);
}
