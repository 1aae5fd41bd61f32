use marslab_base::MACHINE;
use marslab_model::host::{FileError, Files as _, HostControl as _, VirtualDiskError};
use marslab_model::world::{FileAttribute, Series};
use marslab_model::{Name, WinPath};
use proptest::prelude::*;

use crate::FakeMachine;
use crate::tests::{SYSTEM, free, healthy, of, on_both_disks, path, with};

#[test]
fn a_volume_has_what_it_has() {
    on_both_disks(&healthy(), |machine| {
        let (big, small) = (path(r"C:\big"), path(r"C:\small"));
        let write = |path: &WinPath, size| machine.write_file(&SYSTEM, path, b"x", size);
        assert_eq!(write(&big, 40 * GIB + 1), Err(FileError::DiskFull));
        assert_eq!(write(&big, 40 * GIB), Ok(()));
        assert_eq!(free(machine, "C:"), 0);
        assert_eq!(write(&small, 1), Err(FileError::DiskFull));
        assert_eq!(write(&big, 40 * GIB), Ok(()));
        assert_eq!(write(&big, 40 * GIB - 1), Ok(()));
        assert_eq!(write(&small, 1), Ok(()));
        assert_eq!(machine.read_file(&SYSTEM, &big), Err(FileError::TooLarge));
        assert_eq!(write(&path(r"D:\x"), 300 * GIB), Ok(()));
        assert_eq!(write(&path(r"E:\x"), 1), Err(FileError::PathNotFound));
        assert_eq!(write(&small, 2), Err(FileError::DiskFull));
        assert_eq!(machine.read_file(&SYSTEM, &small).unwrap().bytes(), b"x");
    });
}

#[test]
fn temporary_names_run_out() {
    let temp = path(r"C:\Windows\Temp");
    let check = |count: u32, listed: &[&str], expected: &[Result<&str, FileError>]| {
        let mut world = healthy();
        let series = Series { extension: "TMP".to_owned(), count };
        of(&mut world).series.insert(temp.clone(), series);
        let log = of(&mut world).files[&temp.join("setup.log")].clone();
        for name in listed {
            of(&mut world).files.insert(temp.join(name), log.clone());
        }
        on_both_disks(&world, |machine| {
            let before = machine.count_files(&SYSTEM, &temp, "tmp").unwrap();
            for expected in expected {
                let made = machine.temporary_file(&SYSTEM, &temp);
                assert_eq!(made, expected.map(|name| temp.join(name)), "{count} {listed:?}");
            }
            let made = u64::try_from(expected.iter().filter(|made| made.is_ok()).count()).unwrap();
            assert_eq!(machine.count_files(&SYSTEM, &temp, "tmp").unwrap(), before + made);
        });
    };
    let none = Err(FileError::NamesExhausted);
    check(0, &[], &[Ok("tmp1.tmp"), Ok("tmp2.tmp")]);
    check(0, &["TMP1.TMP", "tmp0003.tmp", "tmpXY.tmp"], &[Ok("tmp2.tmp"), Ok("tmp4.tmp")]);
    check(60_001, &[], &[Ok("tmpEA62.tmp")]);
    check(65_533, &[], &[Ok("tmpFFFE.tmp"), Ok("tmpFFFF.tmp"), none]);
    check(65_534, &["tmp5.tmp"], &[none]);
    check(65_535, &[], &[none]);
    check(u32::MAX, &[], &[none]);
    let machine = with(|_| {});
    assert_eq!(machine.count_files(&SYSTEM, &path(r"C:\no"), "tmp"), Ok(0));
    assert_eq!(machine.count_files(&SYSTEM, &temp, "LOG"), Ok(1));
}

#[test]
fn new_files_are_compressed_and_encrypted_as_their_folder_is() {
    use FileAttribute::{Compressed, Encrypted, ReparsePoint, Sparse};
    let (folder, limited) = (path(r"C:\Lab"), Err(VirtualDiskError::Limitation));
    for (of_folder, of_file, attached) in [
        (vec![Compressed], vec![Compressed], limited),
        (vec![Encrypted, Sparse], vec![Encrypted], limited),
        (vec![ReparsePoint], vec![], Ok(())),
        (vec![], vec![], Ok(())),
    ] {
        let machine = with(|world| {
            let attributes = of_folder.iter().copied().collect();
            of(world).folder_attributes.insert(folder.clone(), attributes);
        });
        let disk = folder.join("a.vhd");
        assert_eq!(machine.attach_virtual_disk(&disk), Err(VirtualDiskError::NotFound));
        machine.write_file(&SYSTEM, &disk, b"conectix", 8).unwrap();
        let info = |path: &WinPath| machine.file_info(&SYSTEM, path).unwrap().attributes;
        assert_eq!(info(&disk), of_file.into_iter().collect(), "{of_folder:?}");
        assert_eq!(info(&folder), of_folder.into_iter().collect());
        let listed = machine.list_folder(&SYSTEM, &path(r"C:\")).unwrap();
        let listed = listed.into_iter().find(|entry| entry.path == folder).unwrap();
        assert_eq!(listed.attributes, info(&folder));
        assert_eq!(machine.attach_virtual_disk(&disk), attached);
    }
}

#[derive(Clone, Debug)]
enum FileEdit {
    Write(u8, u64),
    Remove(u8),
    Temporary,
}

fn edit() -> impl Strategy<Value = FileEdit> {
    prop_oneof![
        (0_u8..6, 0..50 * GIB).prop_map(|(file, size)| FileEdit::Write(file, size)),
        (0_u8..6, 0..100_u64).prop_map(|(file, size)| FileEdit::Write(file, size)),
        (0_u8..6).prop_map(FileEdit::Remove),
        Just(FileEdit::Temporary),
    ]
}

fn sizes(machine: &FakeMachine) -> u128 {
    let world = machine.running.snapshot().unwrap();
    let files = &world.machines[&Name::new(MACHINE)].files;
    let on_c = files.iter().filter(|(path, _)| path.volume() == Some(Name::new("C:")));
    on_c.map(|(_, file)| u128::from(file.size)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn space_is_neither_made_nor_lost(edits in prop::collection::vec(edit(), 1..24)) {
        let machine = with(|_| {});
        let total = sizes(&machine) + u128::from(free(&machine, "C:"));
        let (before, start) = (free(&machine, "C:"), sizes(&machine));
        for edit in edits {
            let file = |number| path(&format!(r"C:\Lab\{number}"));
            let outcome = match &edit {
                FileEdit::Write(number, size) => machine.write_file(&SYSTEM, &file(number), b"", *size),
                FileEdit::Remove(number) => machine.remove_file(&SYSTEM, &file(number)),
                FileEdit::Temporary => machine.temporary_file(&SYSTEM, &path(r"C:\Lab")).map(drop),
            };
            let allowed = matches!(outcome, Ok(()) | Err(FileError::DiskFull | FileError::NotFound));
            prop_assert!(allowed, "{:?}: {:?}", edit, outcome);
            prop_assert_eq!(sizes(&machine) + u128::from(free(&machine, "C:")), total);
        }
        for number in 0_u8..6 {
            machine.remove_file(&SYSTEM, &path(&format!(r"C:\Lab\{number}"))).ok();
        }
        prop_assert_eq!((free(&machine, "C:"), sizes(&machine)), (before, start));
    }
}

const GIB: u64 = 1 << 30;
