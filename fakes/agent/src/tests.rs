use std::sync::Mutex;

use marslab_model::host::{
    Account, AccountInfo, Cmdlet, FileError, LaunchError, RegistryValue, SnapshotError, UrlPolicy,
    VirtualDiskError,
};
use marslab_model::world::{FileAttribute, Language, VolumeKind};
use marslab_model::{HostControl, Name, Operation, WinPath};
use marslab_testing::TestHost;

use crate::config::KEY_VERIFIER;
use crate::credentials_file::VaultCredentials;
use crate::items::{self, Amount, Unsupported};
use crate::key::KeyFile;
use crate::places::{CONFIG_KEY, PROVIDER_KEY};
use crate::scratch;
use crate::step_error::{Skipped, StepError};
use crate::testing::{
    INSTALL, PRODUCT_DATA, SCRATCH, engine, events, installed, intent, operated, registered,
    scheduled, stopped, symptom, text_of,
};
use crate::{Edition, Limits, Step, operate};

#[track_caller]
fn check(host: &TestHost, operation: Operation, expected: &str) {
    let found = symptom(operation, host).error;
    let log = text_of(host, &format!(r"{INSTALL}\Temp\CBEngineCurr.errlog")).unwrap_or_default();
    assert_eq!(found, expected, "{operation}; the log says:\n{log}");
}

const CONNECTED: [Operation; 4] =
    [Operation::SetPassphrase, Operation::Activate, Operation::Backup, Operation::Restore];

#[test]
fn a_stopped_engine_is_met_first() {
    let host = stopped(installed());
    check(&host, Operation::Register, "obengine-unreachable");
    for operation in CONNECTED {
        check(&host, operation, "obengine-unreachable");
    }
    let host = registered();
    host.machine().hung.insert(engine());
    check(&host, Operation::Backup, "obengine-unreachable");
    host.machine().services.clear();
    check(&host, Operation::Restore, "obengine-unreachable");
}

#[test]
fn an_unregistered_server_says_so() {
    for operation in CONNECTED {
        check(&installed(), operation, "not-configured");
    }
    assert!(events(&installed()).is_empty());
}

#[test]
fn without_a_credentials_file_registration_fails() {
    check(&installed(), Operation::Register, "34513");
    let path = r"C:\Users\admin\Downloads\vault-east_Tue May 21 2019.VaultCredentials";
    check(&installed().with_file(path, b"rubbish", 7), Operation::Register, "34513");
}

fn with_key(host: TestHost) -> TestHost {
    let key = KeyFile::make(&intent().passphrase, &host).unwrap();
    let host = host.with_value(CONFIG_KEY, KEY_VERIFIER, key.verifier.as_str());
    let text = key.as_text().as_bytes().to_vec();
    host.with_file(&format!(r"{SCRATCH}\OnlineBackup.KEK"), &text, 9)
}

#[test]
fn without_a_network_nothing_connects() {
    let host = with_key(registered());
    for operation in CONNECTED {
        check(&host, operation, "100050");
    }
    let dialled = host.machine().dialled.clone();
    assert!(dialled.iter().all(|to| to == "www.msftncsi.com:80"), "{dialled:?}");
}

#[test]
fn the_zone_of_a_site_may_forbid_downloads() {
    for (policy, dials) in
        [(UrlPolicy::Allow, true), (UrlPolicy::Query, true), (UrlPolicy::Disallow, false)]
    {
        let host = registered().with(|machine| machine.downloads = policy);
        check(&host, Operation::Backup, "100050");
        assert_eq!(!host.machine().dialled.is_empty(), dials, "{policy:?}");
    }
}

#[test]
fn a_credentials_file_that_the_engine_cannot_open_is_shown_by_its_error() {
    let path = r"C:\Users\admin\Downloads\vault-east_Tue May 21 2019.VaultCredentials";
    for (error, expected) in [
        (FileError::AccessDenied, "34528"),
        (FileError::SharingViolation, "34528"),
        (FileError::PathNotFound, "34513"),
        (FileError::LogonFailure, "34513"),
    ] {
        let host = installed().with_file(path, b"rubbish", 7);
        host.machine().unreadable.insert(path.into(), error);
        check(&host, Operation::Register, expected);
    }
}

#[test]
fn a_failed_job_leaves_events_and_an_entry() {
    let host = registered();
    check(&host, Operation::Backup, "100050");
    assert_eq!(events(&host), [1, 11]);
    let history = text_of(&host, &format!(r"{INSTALL}\Temp\JobHistory.tsv")).unwrap();
    assert_eq!(history.lines().count(), 1);
    assert!(history.contains("\tAborted\t0\t"), "{history}");
    assert!(
        history.contains("\t80072EE7\t100050\tThe remote name could not be resolved: 'www.msft"),
        "{history}"
    );
}

#[test]
fn blocked_programs_and_a_held_scratch_folder_are_failures_to_connect() {
    let host = with_key(registered());
    host.machine()
        .launches
        .insert(format!(r"{INSTALL}\bin\cbengine.exe").into(), LaunchError::Blocked);
    for operation in CONNECTED {
        check(&host, operation, "100050");
    }
    let host = registered();
    for (error, expected) in
        [(FileError::SharingViolation, "100050"), (FileError::AccessDenied, "34506")]
    {
        host.machine().barred.insert(SCRATCH.into(), error);
        check(&host, Operation::Backup, expected);
        check(&host, Operation::Activate, "0x1FC07");
    }
    assert!(host.machine().dialled.is_empty());
}

#[test]
fn the_activation_needs_its_folder() {
    let moved = |key| with_key(registered()).with_value(key, "ScratchLocation", r"E:\S");
    check(&moved(CONFIG_KEY), Operation::Activate, "0x1FC07");
    check(&moved(PROVIDER_KEY), Operation::Activate, "0x1FC07");
    check(&registered(), Operation::Activate, "0x1FC07");
    let kek = format!(r"{SCRATCH}\OnlineBackup.KEK");
    let corrupt = with_key(registered()).with_file(&kek, b"kek 1\nverifier 00\n", 9);
    check(&corrupt, Operation::Activate, "0x1FC07");
    let full = with_key(registered());
    full.machine().barred.insert(format!(r"{SCRATCH}\metadata.vhd").into(), FileError::DiskFull);
    check(&full, Operation::Activate, "0x1FC07");

    let host = with_key(registered());
    let trailing = format!("{SCRATCH}\\");
    let host = host.with_value(CONFIG_KEY, "ScratchLocation", trailing);
    check(&host, Operation::Activate, "100050");
    let files = host.machine().files.clone();
    assert_eq!(files[&WinPath::new(format!(r"{SCRATCH}\metadata.vhd"))].size, 20);
    assert!(files.contains_key(&WinPath::new(format!(r"{SCRATCH}\CBSettings.xml"))));
}

#[test]
fn windows_attaches_the_virtual_hard_disk_of_the_scratch_folder() {
    let host = with_key(registered());
    host.machine().virtual_disk = Err(VirtualDiskError::Limitation);
    check(&host, Operation::Activate, "0x1FC07");
    assert!(matches!(
        scratch::prepare(&host, &SCRATCH.into(), 20),
        Err(StepError::VirtualDisk(VirtualDiskError::Limitation))
    ));
}

#[test]
fn many_files_need_a_larger_share() {
    let needed = |bytes, files| scratch::metadata(Amount { bytes, files }, &Limits::default());
    assert_eq!(needed(1000, 1), 50);
    assert_eq!(needed(1000, 1_000_000), 50);
    assert_eq!(needed(1000, 1_000_001), 200);
    assert_eq!(needed(u64::MAX, u64::MAX), u64::MAX / 5);

    let host = installed().with_file(r"D:\Data\sub\b.mdf", b"", 5);
    host.machine().counts.insert(r"D:\Data\sub".into(), 10);
    host.machine().counts.insert(r"D:\Data".into(), 3);
    let counted = Amount { bytes: 405, files: 13 };
    assert_eq!(items::estimate(&host), counted);
    assert_eq!(items::examine(&host, Unsupported::EndsJob).unwrap().amount, counted);
    let sub = host.with_value(CONFIG_KEY, "BackupExclusions", r"D:\Data\sub");
    assert_eq!(items::estimate(&sub), Amount { bytes: 400, files: 3 });
}

#[test]
fn settings_are_opened_unless_there_are_none() {
    for (error, expected) in [
        (FileError::AccessDenied, false),
        (FileError::SharingViolation, false),
        (FileError::InvalidPath, true),
        (FileError::NetworkPath, true),
    ] {
        let host = installed();
        host.machine().barred.insert(SCRATCH.into(), error);
        assert_eq!(scratch::open_settings(&host).is_ok(), expected, "{error}");
    }
    let settings = format!(r"{SCRATCH}\CBSettings.xml");
    scratch::open_settings(&installed()).unwrap();
    scratch::open_settings(&installed().with_file(&settings, b"<", 1)).unwrap();
}

#[test]
fn a_damaged_earlier_key_is_not_replaced() {
    let folder = WinPath::new(SCRATCH);
    let sound = |host: &TestHost| scratch::earlier_key_is_sound(host, &folder).is_ok();
    let kek = format!(r"{SCRATCH}\OnlineBackup.KEK");
    assert!(sound(&installed()));
    assert!(sound(&installed().with_file(&kek, b"left behind", 9)));
    assert!(sound(&with_key(installed())));
    assert!(!sound(&with_key(installed()).with_file(&kek, b"kek 1\nverifier 00\n", 9)));
    let lost = with_key(installed());
    lost.machine().files.clear();
    assert!(sound(&lost));
}

fn starting_a_job(who: Account) -> TestHost {
    scheduled(vec![Cmdlet { name: "Start-OBBackup".to_owned(), who }])
}

#[test]
fn a_schedule_that_starts_no_job_says_so() {
    check(&registered(), Operation::ScheduledBackup, "schedule-not-started");
    let other = Cmdlet { name: "Get-OBJob".to_owned(), who: Account::System };
    let host = scheduled(vec![other]);
    check(&host, Operation::ScheduledBackup, "schedule-not-started");
    assert!(events(&host).is_empty());

    let host = stopped(starting_a_job(Account::System));
    check(&host, Operation::ScheduledBackup, "schedule-not-started");
    assert_eq!(events(&host), [18]);
    assert_eq!(text_of(&host, &format!(r"{INSTALL}\Temp\JobHistory.tsv")), None);
}

#[test]
fn without_a_snapshot_there_is_no_job() {
    let busy =
        |host: TestHost| host.with(|machine| machine.snapshot = Err(SnapshotError::InProgress));
    let host = busy(starting_a_job(Account::System));
    check(&host, Operation::ScheduledBackup, "schedule-not-started");
    assert_eq!(events(&host), [18]);
    let host = busy(registered());
    check(&host, Operation::Backup, "snapshot-not-created");
    assert!(events(&host).is_empty());
}

#[test]
fn a_scheduled_job_that_fails_shows_its_own_error() {
    let host = starting_a_job(Account::System);
    check(&host, Operation::ScheduledBackup, "100050");
    assert_eq!(events(&host), [1, 11]);
}

#[test]
fn the_schedule_needs_an_administrator() {
    let user = Name::new("CORP\\operator");
    for (group, expected) in [("Users", "schedule-not-started"), ("Administrators", "100050")] {
        let host = starting_a_job(Account::User(user.clone()));
        let facts = AccountInfo {
            sid: String::new(),
            groups: [Name::new(group)].into(),
            upn: String::new(),
        };
        host.machine().accounts.insert(user.clone(), facts);
        check(&host, Operation::ScheduledBackup, expected);
    }
}

#[test]
fn an_interrupted_mount_is_in_the_way() {
    let host = registered().with_value(PROVIDER_KEY, "MountInProgress", "point");
    check(&host, Operation::Restore, "volume-not-mounted");
    crate::cancel_mount(&host);
    check(&host, Operation::Restore, "100050");
}

#[test]
fn the_portal_fails_as_403() {
    check(&installed(), Operation::DownloadCredentials, "403");
    let host = installed();
    let facts = AccountInfo {
        sid: String::new(),
        groups: [].into(),
        upn: "admin@contoso.example".to_owned(),
    };
    host.machine().accounts.insert(intent().user, facts);
    check(&host, Operation::DownloadCredentials, "403");
    assert_eq!(host.machine().dialled, ["login.microsoftonline.com:443"]);
}

/// The size of what a backup reads.
#[track_caller]
fn size(host: &TestHost) -> u64 {
    items::examine(host, Unsupported::EndsJob).unwrap().amount.bytes
}

#[test]
fn data_that_cannot_be_backed_up_is_found() {
    assert_eq!(size(&installed()), 400);
    assert_eq!(items::estimate(&installed()).bytes, 400);
    let unsupported = |host: &TestHost, item: &str| {
        let error = items::examine(host, Unsupported::Skipped).unwrap_err();
        matches!(error, StepError::UnsupportedVolume { path } if path == item.into())
    };

    let deeper = installed().with_file(r"D:\Data\x\y\b.txt", b"", 5);
    assert_eq!(size(&deeper), 405);
    for attributes in [
        vec![FileAttribute::HardLink],
        vec![FileAttribute::ReparsePoint],
        vec![FileAttribute::Encrypted, FileAttribute::Sparse],
        vec![FileAttribute::Compressed, FileAttribute::Sparse],
    ] {
        let supported = attributes.contains(&FileAttribute::Compressed);
        let path = WinPath::new(r"D:\Data\x\y\b.txt");
        deeper.machine().files.get_mut(&path).unwrap().attributes =
            attributes.iter().copied().collect();
        assert_eq!(
            items::examine(&deeper, Unsupported::EndsJob).is_ok(),
            supported,
            "{attributes:?}"
        );
        let skipped = items::examine(&deeper, Unsupported::Skipped).unwrap();
        let left_out = if supported { vec![] } else { vec![(path, Skipped::Unsupported)] };
        assert_eq!(
            (skipped.amount.bytes, skipped.left_out),
            (if supported { 405 } else { 400 }, left_out)
        );
    }

    let host = installed();
    host.machine().volumes.get_mut(&Name::new("D:")).unwrap().kind = VolumeKind::Removable;
    assert!(unsupported(&host, r"D:\Data"));
    let host = installed().with_value(CONFIG_KEY, "BackupItems", r"D:\Gone;\\server\share");
    assert!(unsupported(&host, r"\\server\share"));
    let host = installed().with_value(CONFIG_KEY, "BackupItems", r"D:\Gone; ;D:\Data\a.mdf");
    assert_eq!(size(&host), 400);
    let left_out = items::examine(&host, Unsupported::EndsJob).unwrap().left_out;
    assert_eq!(left_out, [(r"D:\Gone".into(), Skipped::Unread(FileError::NotFound))]);
    let host = installed().with_value(CONFIG_KEY, "BackupItems", r"D:\Gone");
    assert!(matches!(items::examine(&host, Unsupported::Skipped), Err(StepError::NoItems)));
}

#[test]
fn files_that_windows_does_not_give_are_left_out() {
    for error in [FileError::Corrupt, FileError::CloudFile, FileError::AccessDenied] {
        let host = installed().with_file(r"D:\Data\b.mdf", b"", 5);
        // The folder can be listed, the file not be read.
        host.machine().unreadable.insert(r"D:\Data\b.mdf".into(), error);
        let examined = items::examine(&host, Unsupported::EndsJob).unwrap();
        assert_eq!(examined.amount, Amount { bytes: 400, files: 1 });
        assert_eq!(examined.left_out, [(r"D:\Data\b.mdf".into(), Skipped::Unread(error))]);
    }
}

#[test]
fn a_server_without_a_passphrase_says_so_once_it_is_connected() {
    let host = registered();
    assert!(!scratch::has_passphrase(&host));
    assert!(scratch::has_passphrase(&with_key(host)));
}

#[test]
fn a_file_of_another_vault_is_refused_before_anybody_is_asked() {
    let file = VaultCredentials {
        subscription: "sub".to_owned(),
        vault: "vault-west".to_owned(),
        management_cert: vec![1],
        resource_id: 18,
        resource_group: "rg".to_owned(),
        location: "japanwest".to_owned(),
        authority: "https://login.windows.net".to_owned(),
        tenant: "tenant".to_owned(),
        audience: "https://RecoveryServiceVault/japanwest/vault-west/18".to_owned(),
        client_id: "client".to_owned(),
        endpoint: "https://example.invalid/restapi/".to_owned(),
        endpoint_state: None,
    };
    let path = r"C:\Users\admin\Downloads\vault-west_Tue May 21 2019.VaultCredentials";
    let at = |host: TestHost, path: &str, file: &VaultCredentials| {
        host.with_file(path, file.to_xml().as_bytes(), 9)
    };
    check(&at(registered(), path, &file), Operation::Register, "100110");
    // The file does not contain a certificate.
    check(&at(installed(), path, &file), Operation::Register, "34513");
    let own = VaultCredentials { resource_id: 17, ..file.clone() };
    check(&at(registered(), path, &own), Operation::Register, "34513");
    let renamed = format!("{path}.xml");
    check(&at(registered(), &renamed, &file), Operation::Register, "34513");
    let host = at(registered(), path, &file);
    host.machine().unreadable.insert(path.into(), FileError::AccessDenied);
    check(&host, Operation::Register, "34528");
    assert!(host.machine().dialled.is_empty());
}

#[test]
fn the_passphrase_is_nowhere() {
    let host = registered();
    check(&host, Operation::SetPassphrase, "100050");
    let saved = text_of(&host, r"C:\Users\admin\Documents\SRV01_passphrase.txt").unwrap();
    let key = KeyFile::make(&intent().passphrase, &host).unwrap();
    scratch::write_key(&host, &SCRATCH.into(), &key).unwrap();
    let debug = format!("{:?}", intent());
    let values: Vec<_> = host.machine().registry.values().cloned().collect();
    let texts = values.into_iter().filter_map(|value| match value {
        RegistryValue::Text(text) => Some(text),
        _ => None,
    });
    for text in texts.chain([saved, debug, key.as_text().to_owned()]) {
        assert!(!text.contains("battery"), "{text}");
    }
    for file in host.machine().files.values() {
        assert!(!String::from_utf8_lossy(&file.content).contains("battery"));
    }
}

#[test]
fn the_console_speaks_the_machines_language() {
    let host = registered().with(|machine| machine.language = Language::Japanese);
    let shown = symptom(Operation::Backup, &host).message;
    assert!(shown.contains("接続できませんでした"), "{shown}");
}

#[test]
fn an_operation_stops_at_the_step_that_it_entered_last() {
    let steps = Mutex::new(Vec::new());
    let host = registered();
    let observer = |step| steps.lock().unwrap().push(step);
    let ended = operated(Operation::Backup, &host, &PRODUCT_DATA, &observer);
    assert_eq!(ended.stopped_at, Some(Step::CheckConnectivity));
    let steps = steps.into_inner().unwrap();
    assert!(steps.iter().all(|step| step.is_of(Operation::Backup)), "{steps:?}");
    assert_eq!(steps.first(), Some(&Step::CallEngine));
    assert_eq!(steps.last(), ended.stopped_at.as_ref());
}

#[test]
fn an_operation_can_be_moved_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let host = installed();
    let intent = intent();
    let edition = Edition { limits: &Limits::default(), product: &PRODUCT_DATA };
    let host: &dyn HostControl = &host;
    is_send(&operate(Operation::Register, host, &intent, edition, &|_| {}));
    is_send(&crate::unregister(host, &intent));
}

#[test]
fn what_is_excluded_is_not_selected() {
    let host = || {
        let host = installed().with_file(r"D:\Data\sub\b.mdf", b"", 5);
        host.with_value(CONFIG_KEY, "BackupItems", r"D:\Data;X:\Gone")
    };
    let without = |excluded: &str| host().with_value(CONFIG_KEY, "BackupExclusions", excluded);
    assert!(items::examine(&host(), Unsupported::Skipped).is_err(), "the volume X: is not there");
    assert_eq!(size(&without(r"x:\gone")), 405);
    assert_eq!(size(&without(r"X:\;D:\Data\a.mdf")), 5);
    assert_eq!(size(&without(r"X:\;D:\Data\sub")), 400);
    assert_eq!(items::estimate(&without(r"D:\Data\sub")).bytes, 400);
    assert!(
        items::examine(&without(r"X:\;D:\Data"), Unsupported::Skipped).is_err(),
        "nothing is left"
    );
}
