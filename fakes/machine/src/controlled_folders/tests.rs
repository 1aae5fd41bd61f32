use marslab_model::host::{Account, FileError, Files as _, HostControl as _, System as _};
use marslab_model::world::World;
use marslab_model::{KeyPath, Name};

use super::{KEYS, LOG};
use crate::FakeMachine;
use crate::tests::{SYSTEM, admin, of, path, with};

const SCRATCH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";
const ENGINE: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe";

/// Defender with this mode, and these values below one of its keys.
fn defender(world: &mut World, mode: u32, lists: &[(usize, &str, &str)]) {
    let machine = of(world);
    machine.antivirus.product = "Microsoft Defender Antivirus".to_owned();
    let own = (KEYS[1].to_owned(), "EnableControlledFolderAccess", mode);
    let lists = lists.iter().map(|(at, list, name)| (format!(r"{}\{list}", KEYS[*at]), *name, 0));
    for (key, name, number) in lists.chain([own]) {
        let values = machine.registry.entry(KeyPath::from(key)).or_default();
        values.insert(Name::new(name), number.into());
    }
}

/// How a write to the scratch folder ends, and which events there are then.
fn write(machine: &FakeMachine, who: &Account) -> (Result<(), FileError>, Vec<u32>) {
    let written = machine.write_file(who, &path(SCRATCH).join("a.dat"), b"x", 1);
    let events = machine.events(&Name::new(LOG)).unwrap();
    (written, events.into_iter().map(|event| event.id).collect())
}

const PROTECTED: (usize, &str, &str) = (1, "ProtectedFolders", SCRATCH);

#[test]
fn what_is_not_trusted_changes_nothing_in_a_protected_folder() {
    let machine = with(|world| defender(world, 1, &[PROTECTED]));
    assert_eq!(write(&machine, &SYSTEM), (Err(FileError::AccessDenied), vec![1123]));
    assert_eq!(write(&machine, &admin()).0, Ok(()));
    let of_temp = (1, "ProtectedFolders", r"C:\Windows\Temp");
    let machine = with(|world| defender(world, 1, &[of_temp]));
    let log = path(r"C:\Windows\Temp\setup.log");
    assert_eq!(machine.remove_file(&SYSTEM, &log), Err(FileError::AccessDenied));
    let temporary = machine.temporary_file(&SYSTEM, &path(r"C:\Windows\Temp"));
    assert_eq!(temporary, Err(FileError::AccessDenied));
    machine.read_file(&SYSTEM, &log).unwrap();
    let by_policy = with(|world| defender(world, 1, &[(0, "ProtectedFolders", SCRATCH)]));
    assert_eq!(write(&by_policy, &SYSTEM).0, Err(FileError::AccessDenied));
}

#[test]
fn trusted_programs_other_folders_and_other_modes_are_let_pass() {
    let allowed = (1, "AllowedApplications", ENGINE);
    let other = (1, "AllowedApplications", r"C:\Tools\cbengine.exe");
    let elsewhere = (1, "ProtectedFolders", r"D:\Data");
    for (mode, lists, expected) in [
        (1, vec![PROTECTED, allowed], (Ok(()), Vec::new())),
        (1, vec![PROTECTED, other], (Err(FileError::AccessDenied), vec![1123])),
        (1, vec![elsewhere], (Ok(()), Vec::new())),
        (2, vec![PROTECTED], (Ok(()), vec![1124])),
        (0, vec![PROTECTED], (Ok(()), Vec::new())),
    ] {
        let machine = with(|world| defender(world, mode, &lists));
        assert_eq!(write(&machine, &SYSTEM), expected, "{mode} {lists:?}");
    }
    let off = with(|world| {
        defender(world, 1, &[PROTECTED]);
        of(world).antivirus.product.clear();
    });
    assert_eq!(write(&off, &SYSTEM), (Ok(()), Vec::new()));
}
