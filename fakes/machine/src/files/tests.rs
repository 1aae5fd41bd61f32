use marslab_base::ADMIN;
use marslab_model::host::{
    Account, FileError, Files as _, HostControl as _, LaunchError, Registry as _,
};
use marslab_model::world::{FileAttribute, Series, World};
use marslab_model::{KeyPath, Name, WinPath};
use proptest::prelude::*;

use crate::FakeMachine;
use crate::tests::{SYSTEM, admin, check_reads, free, healthy, of, on_both_disks, path, with};

#[test]
fn files_are_the_same_on_every_disk() {
    on_both_disks(&healthy(), |machine| {
        let file = path(r"C:\Lab\Sub\Größe ~1.txt");
        let before = free(machine, "C:");
        assert_eq!(machine.read_file(&SYSTEM, &file), Err(FileError::NotFound));
        assert_eq!(machine.remove_file(&SYSTEM, &file), Err(FileError::NotFound));
        assert_eq!(machine.list_folder(&SYSTEM, &path(r"C:\Lab")), Err(FileError::NotFound));

        machine.write_file(&SYSTEM, &file, b"one", 10).unwrap();
        machine.wait(5);
        machine.write_file(&admin(), &path(r"c:\LAB\sub\GRÖSSE ~1.TXT"), b"two", 0).unwrap();
        machine.write_file(&admin(), &path(r"c:\LAB\sub\größe ~1.TXT"), b"three", 7).unwrap();
        assert_eq!(machine.read_file(&SYSTEM, &file).unwrap().bytes(), b"three");
        assert_eq!(free(machine, "C:"), before - 10);
        let info = machine.file_info(&SYSTEM, &path(r"c:\lab\SUB\größe ~1.txt")).unwrap();
        assert_eq!((info.path.as_str(), info.size), (r"C:\Lab\Sub\Größe ~1.txt", 7));
        assert_eq!(info.modified.unwrap().to_string(), "2019-05-21T00:00:05Z");

        let names = |folder: &str| {
            let listing = machine.list_folder(&SYSTEM, &path(folder)).unwrap();
            listing
                .into_iter()
                .map(|info| (Name::new(info.path.file_name()), info.folder))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(r"C:\Lab\"), [(Name::new("Sub"), true)]);
        assert_eq!(names(r"C:\Lab\Sub").len(), 2);
        assert!(names(r"C:\").contains(&(Name::new("Lab"), true)));
        assert!(machine.file_info(&SYSTEM, &path(r"C:\Lab\Sub\")).unwrap().folder);
        assert!(machine.file_info(&SYSTEM, &path(r"C:\")).unwrap().folder);

        assert_eq!(
            machine.write_file(&SYSTEM, &path(r"C:\Lab\Sub"), b"", 0),
            Err(FileError::AccessDenied)
        );
        let below = path(r"C:\Lab\Sub\Größe ~1.txt\x");
        assert_eq!(machine.write_file(&SYSTEM, &below, b"", 0), Err(FileError::NotFound));
        machine.remove_file(&SYSTEM, &file).unwrap();
        machine.remove_file(&SYSTEM, &path(r"C:\Lab\Sub\GRÖSSE ~1.txt")).unwrap();
        assert_eq!(machine.file_info(&SYSTEM, &path(r"C:\Lab")), Err(FileError::NotFound));
        assert_eq!(free(machine, "C:"), before);
        assert_eq!(machine.running.snapshot().unwrap(), {
            let mut world = healthy();
            world.now = "2019-05-21T00:00:05Z".parse().unwrap();
            world
        });
    });
}

#[test]
fn a_file_that_cannot_be_read_is_there_all_the_same() {
    let path = WinPath::new(r"C:\Windows\Temp\setup.log");
    let check = |change: fn(&mut World, WinPath), of_system, of_user| {
        let machine = with(|world| change(world, path.clone()));
        let read = |who| machine.read_file(who, &path).map(drop);
        assert_eq!((read(&Account::System), read(&admin())), (of_system, of_user));
        assert!(machine.file_info(&Account::System, &path).is_ok());
    };
    let denied = Err(FileError::AccessDenied);
    let system = |world: &mut World, path| {
        of(world).denied.insert(path, [Name::new("system")].into());
    };
    check(system, denied, Ok(()));
    let folder = |world: &mut World, path: WinPath| {
        of(world).denied.insert(path.parent().unwrap(), [Name::new(ADMIN)].into());
    };
    check(folder, Ok(()), denied);
    let corrupt = |world: &mut World, path| {
        let volume = of(world).volumes.get_mut(&Name::new("C:")).unwrap();
        volume.noted_for_repair.insert(path);
    };
    check(corrupt, Err(FileError::Corrupt), Err(FileError::Corrupt));
    let cloud = |world: &mut World, path: WinPath| {
        let file = of(world).files.get_mut(&path).unwrap();
        file.attributes.insert(FileAttribute::RecallOnDataAccess);
    };
    check(cloud, Err(FileError::CloudFile), Ok(()));
}

#[test]
fn a_file_that_a_program_has_open_is_its_own() {
    let log = path(r"C:\Windows\Temp\setup.log");
    let machine = with(|world| {
        of(world).open_files.insert(log.clone(), Name::new("setup.exe"));
    });
    for who in [SYSTEM, admin()] {
        assert_eq!(machine.read_file(&who, &log), Err(FileError::SharingViolation));
        let written = machine.write_file(&who, &log, b"x", 1);
        assert_eq!(written, Err(FileError::SharingViolation));
        assert!(machine.file_info(&who, &log).is_ok());
    }
    assert_eq!(machine.launch(&SYSTEM, &log), Err(LaunchError::SharingViolation));
    let users = |file: &WinPath| machine.file_users(file).unwrap();
    assert_eq!(users(&log), [Name::new("setup.exe")].into());
    assert_eq!(users(&path(r"C:\Windows\Temp")), [].into());
    let restarted = with(|world| {
        of(world).open_files.insert(log.clone(), Name::new("setup.exe"));
        let now = world.now;
        of(world).restart(now);
    });
    assert!(restarted.read_file(&SYSTEM, &log).is_ok());
}

#[test]
fn an_access_list_shows_whom_it_denies() {
    let temp = path(r"C:\Windows\Temp");
    let machine = with(|world| {
        of(world).denied.insert(temp.clone(), [Name::new("SYSTEM")].into());
    });
    let denied = |file: &str| machine.denied_accounts(&path(file));
    assert_eq!(denied(r"C:\Windows\Temp"), Ok([Name::new("SYSTEM")].into()));
    assert_eq!(denied(r"c:\windows\temp\"), Ok([Name::new("SYSTEM")].into()));
    // What a file inherits is its folder's.
    assert_eq!(denied(r"C:\Windows\Temp\setup.log"), Ok([].into()));
    assert_eq!(denied(r"C:\Windows"), Ok([].into()));
    assert_eq!(denied(r"C:\none"), Err(FileError::NotFound));
    assert_eq!(denied(r"X:\none"), Err(FileError::PathNotFound));
}

#[test]
fn a_volume_that_is_offline_is_not_there() {
    let log = path(r"C:\Windows\Temp\setup.log");
    let machine = with(|world| {
        of(world).volumes.get_mut(&Name::new("C:")).unwrap().online = false;
    });
    assert_eq!(machine.read_file(&SYSTEM, &log), Err(FileError::PathNotFound));
    assert_eq!(machine.file_info(&SYSTEM, &log), Err(FileError::PathNotFound));
    let letters: Vec<Name> = machine.volumes(&SYSTEM).unwrap().into_keys().collect();
    assert_eq!(letters, [Name::new("D:")]);
}

#[test]
fn all_files_of_a_folder_can_be_counted() {
    let temp = path(r"C:\Windows\Temp");
    let count = |machine: &FakeMachine, pattern: &str| {
        machine.count_files(&SYSTEM, &temp, pattern).unwrap()
    };
    let machine = with(|_| {});
    assert_eq!((count(&machine, "*"), count(&machine, "tif")), (1, 0));
    let full = with(|world| {
        let series = Series { extension: "tif".to_owned(), count: 7 };
        of(world).series.insert(temp.clone(), series);
    });
    assert_eq!((count(&full, "*"), count(&full, "tif")), (8, 7));
}

#[test]
fn reading_a_file_reads_what_could_keep_it_back() {
    let machine = with(|_| {});
    let log = path(r"C:\Windows\Temp\setup.log");
    check_reads(
        &machine,
        &|| drop(machine.read_file(&SYSTEM, &log)),
        &[
            "antivirus/product",
            "denied/C:",
            r"denied/C:\Windows",
            r"denied/C:\Windows\Temp",
            r"denied/C:\Windows\Temp\setup.log",
            r"files/C:\Windows\Temp\setup.log/attributes",
            r"files/C:\Windows\Temp\setup.log/content",
            r"files/C:\Windows\Temp\setup.log/size",
            r"open-files/C:\Windows\Temp\setup.log",
            "volumes/C:/bitlocker",
            "volumes/C:/mapped-by",
            "volumes/C:/noted-for-repair",
            "volumes/C:/online",
        ],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_path_is_too_odd_to_ask_for(text in "(C:|\\\\\\\\)?[\\\\./a%~:*\0 ]{0,12}|\\PC{0,16}") {
        let machine = with(|_| {});
        let odd = path(&text);
        for who in [SYSTEM, admin()] {
            drop(machine.list_folder(&who, &odd));
            machine.count_files(&who, &odd, &text).ok();
            machine.launch(&who, &odd).ok();
            drop(machine.temporary_file(&who, &odd));
            drop(machine.registry_subkeys(&who, &KeyPath::new(text.as_str())));
            let written = machine.write_file(&who, &odd, text.as_bytes(), 0);
            if written.is_ok() {
                let read = machine.read_file(&who, &odd).unwrap();
                prop_assert_eq!(read.bytes(), text.as_bytes());
                prop_assert_eq!(machine.remove_file(&who, &odd), Ok(()));
            }
        }
    }
}
