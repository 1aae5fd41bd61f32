use std::collections::BTreeSet;

use marslab_model::Name;
use marslab_model::admin::FileAdmin as _;
use marslab_model::host::{FileError, Files as _};
use marslab_model::world::{FileAttribute, Series};

use crate::tests::{SYSTEM, admin, free, healthy, of, on_both_disks, path, with};

#[test]
fn a_copy_has_the_size_and_age_and_takes_space() {
    on_both_disks(&healthy(), |machine| {
        let (from, to) = (path(r"D:\Data\customers.mdf"), path(r"D:\copy.mdf"));
        let size = machine.file_info(&SYSTEM, &from).unwrap().size;
        let before = free(machine, "D:");
        assert_eq!(machine.copy_file(&SYSTEM, &from, &to), Ok(()));
        let copy = machine.file_info(&SYSTEM, &to).unwrap();
        let original = machine.file_info(&SYSTEM, &from).unwrap();
        assert_eq!((copy.size, copy.modified), (size, original.modified));
        assert_eq!(free(machine, "D:"), before - size);
        let full = machine.copy_file(&SYSTEM, &from, &path(r"C:\copy.mdf"));
        assert_eq!(full, Err(FileError::DiskFull));
    });
}

#[test]
fn a_move_needs_no_space_on_its_volume() {
    let mut world = healthy();
    of(&mut world).volumes.get_mut(&Name::new("D:")).unwrap().free = 0;
    on_both_disks(&world, |machine| {
        let (from, to) = (path(r"D:\Data\customers.mdf"), path(r"D:\Data\moved.mdf"));
        let before = machine.file_info(&SYSTEM, &from).unwrap();
        assert_eq!(machine.move_file(&SYSTEM, &from, &to), Ok(()));
        assert_eq!(machine.file_info(&SYSTEM, &from), Err(FileError::NotFound));
        let moved = machine.file_info(&SYSTEM, &to).unwrap();
        assert_eq!((moved.size, moved.modified), (before.size, before.modified));
        assert_eq!(free(machine, "D:"), 0);
        let other = path(r"C:\moved.mdf");
        assert_eq!(machine.move_file(&SYSTEM, &to, &other), Err(FileError::DiskFull));
        assert!(machine.file_info(&SYSTEM, &to).is_ok());
    });
}

#[test]
fn numbered_files_go_by_extension() {
    let temp = path(r"C:\Windows\Temp");
    let machine = with(|world| {
        let series = Series { extension: "tmp".to_owned(), count: 65_000 };
        of(world).series.insert(temp.clone(), series);
    });
    assert_eq!(machine.remove_numbered_files(&SYSTEM, &temp, "log"), Ok(0));
    assert_eq!(machine.remove_numbered_files(&SYSTEM, &temp, "TMP"), Ok(65_000));
    assert_eq!(machine.count_files(&SYSTEM, &temp, "tmp"), Ok(0));
}

#[test]
fn attributes_of_files_and_folders() {
    let machine = with(|_| {});
    let (file, folder) = (path(r"D:\Data\customers.mdf"), path(r"D:\Data"));
    let compressed = FileAttribute::Compressed;
    for place in [&file, &folder] {
        assert_eq!(machine.give_attribute(&SYSTEM, place, compressed), Ok(()));
        let attributes = machine.file_info(&SYSTEM, place).unwrap().attributes;
        assert_eq!(attributes, BTreeSet::from([FileAttribute::Compressed]));
        assert_eq!(machine.take_attribute(&SYSTEM, place, compressed), Ok(()));
        assert!(machine.file_info(&SYSTEM, place).unwrap().attributes.is_empty());
    }
}

#[test]
fn denials_programs_and_volumes() {
    let file = path(r"D:\Data\customers.mdf");
    let machine = with(|world| {
        let it = of(world);
        let list = BTreeSet::from([Name::new("SYSTEM"), Name::new("CORP\\admin")]);
        it.denied.insert(file.clone(), list);
        it.open_files.insert(path(r"C:\x"), Name::new("editor.exe"));
        it.volumes.get_mut(&Name::new("D:")).unwrap().noted_for_repair.insert(file.clone());
    });
    assert!(machine.remove_denial(&file, &Name::new("system")));
    assert!(!machine.remove_denial(&file, &Name::new("system")));
    assert_eq!(machine.read_file(&admin(), &file), Err(FileError::AccessDenied));
    assert_eq!(machine.open_programs(), BTreeSet::from([Name::new("editor.exe")]));
    assert!(machine.end_program(&Name::new("EDITOR.exe")));
    assert!(machine.file_users(&path(r"C:\x")).unwrap().is_empty());
    assert_eq!(machine.repair_volume(&Name::new("D:")), Some(BTreeSet::from([file])));
    assert_eq!(machine.repair_volume(&Name::new("D:")), Some(BTreeSet::new()));
    assert_eq!(machine.repair_volume(&Name::new("X:")), None);
}
