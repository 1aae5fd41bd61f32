use std::sync::Arc;

use jiff::Timestamp;
use marslab_model::host::{
    Account, FileError, Files as _, HostControl as _, LaunchError, Network as _, Registry as _,
    System as _,
};
use marslab_model::world::{
    BitLocker, Device, DeviceStatus, FileAttribute, Mount, Series, Volume, VolumeKind, World,
};
use marslab_model::{Address, DialError, Field, HostName, KeyPath, Name, WinPath};
use proptest::prelude::*;

use super::FakeMachine;
use marslab_base::{self as base, ADMIN, Limits, MACHINE};
use marslab_network::Fidelity;
use marslab_servers::Servers;
use marslab_state::disk::{Disk, Folder};
use marslab_state::impairment::Counts;
use marslab_state::{Pace, Running, Start};

pub(super) const SYSTEM: Account = Account::System;

pub(super) fn admin() -> Account {
    Account::User(Name::new(ADMIN))
}

pub(super) fn start() -> Timestamp {
    "2019-05-21T00:00:00Z".parse().unwrap()
}

pub(super) fn healthy() -> World {
    base::healthy(start())
}

pub(super) fn of(world: &mut World) -> &mut marslab_model::world::Machine {
    world.machines.get_mut(&Name::new(MACHINE)).unwrap()
}

pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(super) fn on(disk: Disk, world: World) -> FakeMachine {
    let running = Running::new(
        world,
        Start {
            disk,
            seed: 1,
            instance: 0,
            rsa_key: (*b"key").into(),
            pace: Pace::Still,
            limits: Limits::default(),
            counts: Counts::new(),
        },
    );
    let servers = block_on(Servers::start(Arc::clone(&running), Fidelity::Memory)).unwrap();
    let (network, pki) = (Arc::clone(servers.network()), Arc::clone(servers.pki()));
    FakeMachine::new(running, network, pki, Name::new(MACHINE))
}

/// The healthy machine after `change`, in memory.
pub(super) fn with(change: impl FnOnce(&mut World)) -> FakeMachine {
    let mut world = healthy();
    change(&mut world);
    on(Disk::Memory, world)
}

fn on_both_disks(world: &World, body: impl Fn(&FakeMachine)) {
    body(&on(Disk::Memory, world.clone()));
    let in_a_folder = on(Disk::Folder(Folder::new_in(None)), world.clone());
    // The folder is made when somebody asks for it.
    in_a_folder.running.drive(&Name::new(MACHINE), &Name::new("C:")).unwrap();
    body(&in_a_folder);
}

fn path(text: &str) -> WinPath {
    WinPath::new(text)
}

fn free(machine: &FakeMachine, volume: &str) -> u64 {
    machine.volumes(&SYSTEM).unwrap()[&Name::new(volume)].free
}

const GIB: u64 = 1 << 30;

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

#[track_caller]
fn access(machine: &FakeMachine, who: &Account, text: &str, expected: [Result<(), FileError>; 3]) {
    let file = path(text);
    let seen = [
        machine.file_info(who, &file).map(drop),
        machine.read_file(who, &file).map(drop),
        machine.write_file(who, &file, b"MZ", 2),
    ];
    assert_eq!(seen, expected, "{text}");
}

#[test]
fn a_mapped_drive_is_there_for_its_account_alone() {
    let file = r"H:\a.txt";
    let mapped = |owner: Option<Name>| {
        with(|world| {
            let disk = of(world).volumes[&Name::new("C:")].clone();
            let share = Volume { kind: VolumeKind::Network, mapped_by: owner, ..disk };
            of(world).volumes.insert(Name::new("H:"), share);
            let log = of(world).files[&path(r"C:\Windows\Temp\setup.log")].clone();
            of(world).files.insert(path(file), log);
        })
    };
    let gone = [Err(FileError::PathNotFound); 3];
    let own = mapped(Some(Name::new(ADMIN)));
    access(&own, &admin(), file, [Ok(()); 3]);
    access(&own, &SYSTEM, file, gone);
    access(&own, &Account::User(Name::new("CORP\\operator")), file, gone);
    access(&mapped(None), &SYSTEM, file, [Ok(()); 3]);
}

#[test]
fn who_gets_at_what() {
    let tmp = r"C:\Windows\Temp\setup.log";
    let all = |result| [result, result, result];
    let machine = with(|_| {});
    access(&machine, &SYSTEM, tmp, all(Ok(())));
    for bad in [
        r"C:\a\..\b",
        "C:\\a\0",
        r"C:\a\\b",
        r"\a",
        "a",
        r"C:a",
        r"C:\a?",
        "C:\\a\n",
        r"C:\.\a",
        "",
    ] {
        access(&machine, &SYSTEM, bad, all(Err(FileError::InvalidPath)));
    }
    access(&machine, &SYSTEM, r"\\nas\share\x", all(Err(FileError::LogonFailure)));
    access(&machine, &admin(), r"\\nas\share\x", all(Err(FileError::NetworkPath)));

    let machine = with(|world| {
        of(world).volumes.get_mut(&Name::new("C:")).unwrap().bitlocker = BitLocker::Locked;
        let log = of(world).files[&path(tmp)].clone();
        of(world).files.insert(path(r"\\nas\share\y"), log);
        let mount = Mount { target: String::new(), since: start() };
        of(world).mounts.insert(Name::new("F:"), mount);
    });
    access(&machine, &SYSTEM, tmp, all(Err(FileError::AccessDenied)));
    access(&machine, &admin(), r"\\NAS\share\y", all(Ok(())));
    access(
        &machine,
        &admin(),
        r"\\nas\share\x",
        [Err(FileError::NotFound), Err(FileError::NotFound), Ok(())],
    );
    access(
        &machine,
        &SYSTEM,
        r"F:\x",
        [Err(FileError::NotFound), Err(FileError::NotFound), Err(FileError::AccessDenied)],
    );
    assert_eq!(machine.launch(&SYSTEM, &path(tmp)), Err(LaunchError::Blocked));
}

fn guarded(watches: &str, exclusions: &[&str]) -> FakeMachine {
    with(|world| {
        let antivirus = &mut of(world).antivirus;
        "Contoso Shield".clone_into(&mut antivirus.product);
        antivirus.blocked.insert(path(watches));
        antivirus.exclusions.extend(exclusions.iter().map(|rule| path(rule)));
    })
}

#[test]
fn antivirus_keeps_its_hands_on_what_it_watches() {
    let engine = format!(r"{}\bin\cbengine.exe", base::INSTALL);
    let bin = format!(r"{}\bin", base::INSTALL);
    let check = |exclusions: &[&str], expected: Result<(), LaunchError>| {
        for watches in [&bin, &engine, "CBEngine.exe"] {
            let machine = guarded(watches, exclusions);
            let blocked = expected.is_err();
            assert_eq!(
                machine.launch(&SYSTEM, &path(&engine)),
                expected,
                "{watches} {exclusions:?}"
            );
            let read = if blocked { Err(FileError::SharingViolation) } else { Ok(()) };
            let write = if blocked { Err(FileError::AccessDenied) } else { Ok(()) };
            access(&machine, &SYSTEM, &engine, [Ok(()), read, write]);
        }
    };
    check(&[], Err(LaunchError::Blocked));
    check(&["dpmra.exe", r"C:\Program Files\Other"], Err(LaunchError::Blocked));
    check(&["CBENGINE.EXE"], Ok(()));
    check(&[&engine], Ok(()));
    check(&[&bin], Ok(()));
    check(&[&format!(r"{bin}\*")], Ok(()));
    let idle = with(|world| of(world).antivirus.blocked.extend([path(&bin)]));
    assert_eq!(idle.launch(&SYSTEM, &path(&engine)), Ok(()));
    assert_eq!(idle.launch(&SYSTEM, &path(r"C:\no.exe")), Err(LaunchError::NotFound));
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
fn the_registry_knows_hives_and_the_environment() {
    let machine = with(|_| {});
    let internet = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    let value = |who: &Account, key: &str, name: &str| {
        machine.registry_value(who, &KeyPath::new(key), &Name::new(name)).unwrap()
    };
    let user_key = KeyPath::from(format!(r"HKCU\{internet}"));
    machine.set_registry_value(
        &admin(),
        &user_key,
        &Name::new("ProxyServer"),
        "10.0.0.5:8080".into(),
    );
    assert_eq!(value(&admin(), user_key.as_str(), "PROXYSERVER"), Some("10.0.0.5:8080".into()));
    assert_eq!(value(&SYSTEM, user_key.as_str(), "ProxyServer"), None);
    assert_eq!(value(&SYSTEM, &format!(r"HKU\S-1-5-18\{internet}"), "proxyenable"), Some(0.into()));
    assert_eq!(
        value(&SYSTEM, &format!(r"HKEY_CURRENT_USER\{internet}\"), "ProxyEnable"),
        Some(0.into())
    );
    let nobody = Account::User(Name::new("nobody"));
    assert_eq!(value(&nobody, user_key.as_str(), "ProxyEnable"), None);
    machine.remove_registry_value(&admin(), &user_key, &Name::new("proxyserver"));
    assert_eq!(
        machine.registry_values(&admin(), &user_key).unwrap(),
        [(Name::new("ProxyEnable"), 0.into())].into()
    );

    let environment =
        KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment");
    machine.set_registry_value(&SYSTEM, &environment, &Name::new("psmodulepath"), r"C:\M".into());
    let path = Name::new("PSModulePath");
    assert_eq!(value(&SYSTEM, environment.as_str(), path.as_str()), Some(r"C:\M".into()));
    assert_eq!(machine.environment().unwrap()[&path], r"C:\M");
    assert_ne!(machine.environment_at_boot().unwrap()[&path], r"C:\M");
    let manager = KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager");
    assert_eq!(machine.registry_subkeys(&SYSTEM, &manager), Ok([environment].into()));
    let key = KeyPath::new(r"hklm\software\microsoft\PowerShell");
    let subkeys = machine.registry_subkeys(&SYSTEM, &key).unwrap();
    let subkeys = subkeys.iter().map(KeyPath::as_str).collect::<Vec<_>>();
    assert_eq!(
        subkeys,
        [r"HKLM\SOFTWARE\Microsoft\PowerShell\1", r"HKLM\SOFTWARE\Microsoft\PowerShell\3"]
    );
    assert_eq!(value(&SYSTEM, r"HKLM\SOFTWARE\No", "x"), None);
}

#[test]
fn the_clock_is_kept_in_local_time() {
    // Seconds ahead of true UTC, minutes of the zone's offset, the machine's idea of UTC.
    for (ahead, offset, expected) in [
        (9 * 3600, 540, "2019-05-21T00:00:00Z"),
        (9 * 3600, 480, "2019-05-21T01:00:00Z"),
        (9 * 3600, 0, "2019-05-21T09:00:00Z"),
        (9 * 3600 + 600, 540, "2019-05-21T00:10:00Z"),
        (-5 * 3600, -300, "2019-05-21T00:00:00Z"),
        (0, 540, "2019-05-20T15:00:00Z"),
        (i64::MAX, -720, "9999-12-30T22:00:00.999999999Z"),
    ] {
        let machine = with(|world| {
            of(world).clock.ahead_seconds = ahead;
            of(world).clock.zone.utc_offset_minutes = offset;
        });
        assert_eq!(machine.now().to_string(), expected, "{ahead} {offset}");
    }
}

#[test]
fn a_log_keeps_its_newest_records() {
    let machine = with(|_| {});
    let log = Name::new("CloudBackup");
    assert_eq!(machine.events(&log), Ok(Vec::new()));
    for id in 0..2_010 {
        machine.log_event(&log, "CloudBackup", id, "x");
    }
    let events = machine.events(&log).unwrap();
    assert_eq!((events.len(), events[0].id, events[1_999].id), (2_000, 10, 2_009));
}

#[test]
fn browsers_and_certificates_are_kept() {
    use marslab_model::host::CertificateInfo;
    let machine = with(|_| {});
    let user = Name::new(ADMIN);
    assert_eq!(machine.portal_session(&user), Ok(None));
    machine.keep_portal_session(&user, "cookie");
    assert_eq!(machine.portal_session(&user), Ok(Some("cookie".to_owned())));
    assert_eq!(machine.users(), Ok([Name::new(ADMIN)].into()));
    assert_eq!(machine.cached_answer(&user, "https://x/"), Ok(None));
    let der = vec![1].into();
    let info = CertificateInfo { thumbprint: Name::new("AB"), subject: "CN=x".to_owned(), der };
    machine.install_certificate(&info, &[2]);
    assert_eq!(machine.certificates(), Ok(vec![info]));
    assert_eq!(machine.private_key(&Name::new("ab")), Some(vec![2]));
    machine.remove_certificate(&Name::new("ab"));
    assert_eq!(machine.private_key(&Name::new("ab")), None);
    assert_eq!(machine.full_name(), Name::new("srv01.contoso.example"));
    assert_eq!(machine.make_rsa_key(), b"key");
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
fn a_machine_goes_by_its_computer_name() {
    let machine = with(|world| of(world).computer_name = "SRV07".to_owned());
    assert_eq!(machine.computer_name(), Name::new("srv07"));
    assert_eq!(machine.full_name(), Name::new("SRV07.contoso.example"));
}

/// What an act reads of the machine.
#[track_caller]
fn check_reads(machine: &FakeMachine, act: &dyn Fn(), expected: &[&str]) {
    machine.running.take_reads();
    act();
    let reads = machine.running.take_reads();
    let reads = reads.iter().map(|path| path.as_str().replace("machines/SRV01/", ""));
    assert_eq!(reads.collect::<Vec<_>>(), expected);
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
            "volumes/C:/bitlocker",
            "volumes/C:/mapped_by",
            "volumes/C:/noted_for_repair",
        ],
    );
}

#[test]
fn reads_are_recorded_as_narrowly_as_they_are_made() {
    let machine = with(|world| {
        let device = Device {
            name: String::new(),
            class: String::new(),
            hardware_ids: Vec::new(),
            status: DeviceStatus::Problem,
        };
        of(world).devices.insert(Name::new("x"), device);
    });
    let check = |act: &dyn Fn(), expected: &[&str]| check_reads(&machine, act, expected);
    check(
        &|| assert_eq!(machine.count_files(&SYSTEM, &path(r"C:\Windows\Temp"), "tmp"), Ok(0)),
        &[
            r"files/C:\Windows\Temp\~2".replace("~2", "*").as_str(),
            r"series/C:\Windows\Temp",
            "volumes/C:/bitlocker",
            "volumes/C:/mapped_by",
        ],
    );
    check(
        &|| drop(machine.service(&Name::new("VSS"))),
        &[
            "services/VSS/account",
            "services/VSS/display",
            "services/VSS/start",
            "services/VSS/state",
        ],
    );
    let key = KeyPath::new(r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup");
    check(
        &|| drop(machine.registry_value(&SYSTEM, &key, &Name::new("InstallPath"))),
        &[r"registry/HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup/InstallPath"],
    );
    check(
        &|| drop(machine.registry_value(&SYSTEM, &key, &Name::new("No"))),
        &[r"registry/HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup/No"],
    );
    // What a record is dated by is not what the caller asked for.
    check(&|| machine.log_event(&Name::new("CloudBackup"), "x", 1, "x"), &[]);
}

#[test]
fn the_network_is_the_worlds() {
    let machine = with(|_| {});
    let (name, other) = (HostName::new("login.windows.net"), HostName::new("no.example"));
    let known = healthy().network.names[&name].clone();
    assert_eq!(block_on(machine.resolve(&name)), Ok(known));
    assert_eq!(block_on(machine.resolve(&other)), Err(DialError::NoSuchHost));
    let dialled = block_on(machine.dial(&SYSTEM, &Address::new("no.example", 443)));
    assert_eq!(dialled.map(drop), Err(DialError::NoSuchHost));
    assert_eq!(machine.trusted_roots().unwrap().len(), 3);
}

#[test]
fn a_machine_that_is_gone_has_nothing() {
    let machine = with(|_| {});
    let remove = Field::world().machines().at(MACHINE).removed();
    machine.running.apply(&remove).unwrap();
    assert_eq!(machine.read_file(&SYSTEM, &path(r"C:\x")), Err(FileError::NotFound));
    assert_eq!(machine.write_file(&SYSTEM, &path(r"C:\x"), b"", 0), Err(FileError::NotFound));
    assert_eq!(machine.devices(), Ok([].into()));
    assert_eq!(machine.volumes(&SYSTEM), Ok([].into()));
    assert_eq!(block_on(machine.let_tasks_run(u32::MAX)), None);
}

#[derive(Clone, Debug)]
enum Deed {
    Write(u8, u64),
    Remove(u8),
    Temporary,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0_u8..6, 0..50 * GIB).prop_map(|(file, size)| Deed::Write(file, size)),
        (0_u8..6, 0..100_u64).prop_map(|(file, size)| Deed::Write(file, size)),
        (0_u8..6).prop_map(Deed::Remove),
        Just(Deed::Temporary),
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
    fn space_is_neither_made_nor_lost(deeds in prop::collection::vec(deed(), 1..24)) {
        let machine = with(|_| {});
        let total = sizes(&machine) + u128::from(free(&machine, "C:"));
        let (before, start) = (free(&machine, "C:"), sizes(&machine));
        for deed in deeds {
            let file = |number| path(&format!(r"C:\Lab\{number}"));
            let outcome = match &deed {
                Deed::Write(number, size) => machine.write_file(&SYSTEM, &file(number), b"", *size),
                Deed::Remove(number) => machine.remove_file(&SYSTEM, &file(number)),
                Deed::Temporary => machine.temporary_file(&SYSTEM, &path(r"C:\Lab")).map(drop),
            };
            let allowed = matches!(outcome, Ok(()) | Err(FileError::DiskFull | FileError::NotFound));
            prop_assert!(allowed, "{:?}: {:?}", deed, outcome);
            prop_assert_eq!(sizes(&machine) + u128::from(free(&machine, "C:")), total);
        }
        for number in 0_u8..6 {
            machine.remove_file(&SYSTEM, &path(&format!(r"C:\Lab\{number}"))).ok();
        }
        prop_assert_eq!((free(&machine, "C:"), sizes(&machine)), (before, start));
    }

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

#[test]
fn the_programs_of_another_computer_are_seen_from_here() {
    let machine = with(|world| {
        let other = world.machines.get_mut(&Name::new("SRV02")).unwrap();
        other.software.remove(&Name::new("Windows PowerShell"));
    });
    let other = machine.software_of(&Name::new("srv02")).unwrap().unwrap();
    let agent = Name::new("Microsoft Azure Recovery Services Agent");
    assert_eq!(other.into_keys().collect::<Vec<_>>(), [agent]);
    assert_eq!(machine.software().unwrap().len(), 2);
    assert_eq!(machine.software_of(&Name::new("SRV03")), Ok(None));
}
