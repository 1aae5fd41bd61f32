use marslab_base::{self as base, ADMIN};
use marslab_model::Name;
use marslab_model::host::{Account, FileError, Files as _, HostControl as _, LaunchError};
use marslab_model::world::{BitLocker, Mount, Refusal, Volume, VolumeKind};

use crate::FakeMachine;
use crate::tests::{SYSTEM, admin, of, path, start, with};

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

#[test]
fn a_program_that_an_access_list_denies_is_not_started() {
    let engine = path(&format!(r"{}\bin\cbengine.exe", base::INSTALL));
    let machine = with(|world| {
        let list = [Name::new("SYSTEM")].into();
        of(world).denied.insert(engine.parent().unwrap(), list);
    });
    assert_eq!(machine.launch(&SYSTEM, &engine), Err(LaunchError::Blocked));
    assert_eq!(machine.launch(&admin(), &engine), Ok(()));
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
fn antivirus_blocks_what_it_does_not_exclude() {
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
    let denying = with(|world| {
        let antivirus = &mut of(world).antivirus;
        "Contoso Shield".clone_into(&mut antivirus.product);
        (antivirus.blocked, antivirus.refusal) = ([path(&bin)].into(), Refusal::AccessDenied);
    });
    let denied = Err(FileError::AccessDenied);
    access(&denying, &SYSTEM, &engine, [Ok(()), denied, denied]);
    assert_eq!(denying.denied_accounts(&path(&engine)), Ok([].into()));
    let idle = with(|world| of(world).antivirus.blocked.extend([path(&bin)]));
    assert_eq!(idle.launch(&SYSTEM, &path(&engine)), Ok(()));
    assert_eq!(idle.launch(&SYSTEM, &path(r"C:\no.exe")), Err(LaunchError::NotFound));
}
