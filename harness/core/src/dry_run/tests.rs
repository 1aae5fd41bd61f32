use marslab_model::host::FileError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Name, Operation, Subject, Unexplained, WinPath};

use crate::facts::{AGENT_SERVICE, BACKUP_TASK, CONFIG_KEY, NCSI_KEY, PROVIDER_KEY, SETUP_KEY};
use crate::scene::Scene;
use crate::testing::{ADMIN, Machine, Net, SCRATCH, answer};
use crate::{Limits, ReferenceCore};

use super::dry_run;
use Operation::{Activate, Backup, Register, Restore, ScheduledBackup, SetPassphrase};

async fn stops(operation: Operation, machine: Machine) -> Option<Unexplained> {
    let host = machine.host();
    dry_run(&Scene::gather(operation, &host, Limits::default()).await).await
}

/// The step at which an operation stops after a change.
async fn step(operation: Operation, change: impl FnOnce(&mut Machine)) -> String {
    let stopped = stops(operation, Machine::healthy().with(change)).await;
    stopped.map_or_else(String::new, |it| it.step)
}

fn without(name: &'static str) -> impl FnOnce(&mut Machine) {
    move |it| *it = it.clone().without_value(CONFIG_KEY, name)
}

fn text(name: &'static str, value: &'static str) -> impl FnOnce(&mut Machine) {
    move |it| it.set_value(CONFIG_KEY, name, value)
}

fn unreadable(name: &'static str) -> impl FnOnce(&mut Machine) {
    move |it| {
        it.unreadable.insert(WinPath::new(SCRATCH).join(name), FileError::CloudFile);
    }
}

fn net(host: &'static str, status: u16, body: &'static str) -> impl FnOnce(&mut Machine) {
    move |it| it.net = Net::healthy().answering(host, move |_| answer(status, body))
}

#[tokio::test]
async fn whatever_works_stops_nowhere() {
    for operation in Operation::ALL {
        assert_eq!(stops(operation, Machine::healthy()).await, None, "{operation}");
    }
    assert_eq!(stops(Register, Machine::unregistered()).await, None);
}

#[tokio::test]
async fn what_the_machine_lacks_stops_at_its_step() {
    let at = |it: &mut Machine| it.tasks.remove(&Name::new(BACKUP_TASK));
    assert_eq!(step(ScheduledBackup, |it| drop(at(it))).await, "wait-for-schedule");
    let edits: [fn(&mut Machine); 4] = [
        |it| it.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap().command = "sh".into(),
        |it| it.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap().arguments.clear(),
        |it| drop(it.services.remove(&Name::new("Schedule"))),
        |it| it.files.retain(|path, _| path.file_name() != "powershell.exe"),
    ];
    for edit in edits {
        assert_eq!(step(ScheduledBackup, edit).await, "wait-for-schedule");
        assert_eq!(step(Backup, edit).await, "");
    }
    let no_service = |it: &mut Machine| drop(it.services.remove(&Name::new(AGENT_SERVICE)));
    assert_eq!(step(Restore, no_service).await, "call-engine");
    let moved = |it: &mut Machine| it.set_value(SETUP_KEY, "InstallPath", r"C:\Nowhere");
    assert_eq!(step(Register, moved).await, "start-engine");
    let no_certificate = |it: &mut Machine| it.certificates.clear();
    assert_eq!(step(SetPassphrase, no_certificate).await, "open-machine-certificate");
    assert_eq!(step(Register, no_certificate).await, "");
    let no_file =
        |it: &mut Machine| it.files.retain(|path, _| path.extension() != Some("VaultCredentials"));
    assert_eq!(step(Register, no_file).await, "read-credentials");
}

#[tokio::test]
async fn every_value_of_the_registration_is_needed() {
    for name in [
        "ResourceId",
        "ServiceResourceName",
        "SubscriptionId",
        "ResourceGroupName",
        "AadAuthority",
        "AadTenantId",
        "AadAudience",
        "ServicePrincipalClientId",
        "IdMgmtRestEndpoint",
        "CertThumbprint",
        "MachineId",
    ] {
        let stopped = stops(Activate, Machine::healthy().with(without(name))).await.unwrap();
        assert_eq!(stopped.step, "read-registration");
        assert!(stopped.because.contains(&format!("`{name}`")), "{}", stopped.because);
        assert_eq!(step(Restore, text(name, "")).await, "read-registration");
    }
}

#[tokio::test]
async fn the_scratch_folder_is_walked_through_where_an_operation_needs_it() {
    for operation in [Activate, Backup, SetPassphrase] {
        for key in [CONFIG_KEY, PROVIDER_KEY] {
            let lost = |it: &mut Machine| *it = it.clone().without_value(key, "ScratchLocation");
            assert_eq!(step(operation, lost).await, "find-scratch-folder");
        }
        assert_eq!(step(operation, unreadable("OnlineBackup.KEK")).await, "open-key");
    }
    assert_eq!(step(Restore, unreadable("OnlineBackup.KEK")).await, "");
    assert_eq!(step(Activate, without("KeyVerifier")).await, "open-key");
    assert_eq!(step(Backup, without("KeyVerifier")).await, "find-passphrase");
    assert_eq!(step(SetPassphrase, without("KeyVerifier")).await, "");
    assert_eq!(step(Restore, unreadable("CBSettings.xml")).await, "open-settings");
    assert_eq!(step(Backup, without("BackupItems")).await, "read-items");
    assert_eq!(step(Backup, unreadable("checksums.dat")).await, "update-checksums");
    assert_eq!(step(Backup, unreadable("metadata.vhd")).await, "reserve-scratch-space");
    let full = |it: &mut Machine| it.volumes.get_mut(&Name::new("C:")).unwrap().free = 4095;
    assert_eq!(step(SetPassphrase, full).await, "write-key");
    let enough = |it: &mut Machine| it.volumes.get_mut(&Name::new("C:")).unwrap().free = 4096;
    assert_eq!(step(SetPassphrase, enough).await, "");
}

#[tokio::test]
async fn each_server_answers_in_its_own_shape() {
    let other_probe = |it: &mut Machine| it.set_value(NCSI_KEY, "ActiveWebProbeContent", "Other");
    assert_eq!(step(Restore, other_probe).await, "check-connectivity");
    let other_path = |it: &mut Machine| it.set_value(NCSI_KEY, "ActiveWebProbePath", "other.txt");
    assert_eq!(step(Register, other_path).await, "check-connectivity");
    assert_eq!(
        step(Backup, net("login.microsoftonline.com", 200, "{}")).await,
        "discover-authority"
    );
    assert_eq!(
        step(Backup, net("login.microsoftonline.com", 404, "no")).await,
        "discover-authority"
    );
    assert_eq!(step(Backup, net("login.windows.net", 404, "no")).await, "sign-in");
    let gone = r#"{"error_description": "AADSTS700016: not found\r\nTrace ID: 1"}"#;
    let stopped = stops(Backup, Machine::healthy().with(net("login.windows.net", 400, gone))).await;
    assert_eq!(stopped.unwrap().because, "AADSTS700016: not found");
    let other = "https://RecoveryServiceVault/japaneast/vault-east/1";
    assert_eq!(step(Backup, text("AadAudience", other)).await, "sign-in");
    let service = "pod01-manag1.jpe.backup.windowsazure.com";
    for (operation, at) in [
        (Register, "register-machine"),
        (SetPassphrase, "send-key"),
        (Activate, "activate-machine"),
        (Backup, "send-backup"),
        (ScheduledBackup, "send-backup"),
        (Restore, "list-recovery-points"),
    ] {
        assert_eq!(step(operation, net(service, 200, "hello")).await, at);
    }
}

/// A portal that shows the vault in this region, with these machines.
fn portal(location: &'static str, machine: &'static str) -> impl FnOnce(&mut Machine) {
    move |it| {
        it.sessions.insert(Name::new(ADMIN), "token".to_owned());
        it.net = Net::healthy().answering("management.azure.com", move |request| {
            let is_list = request.uri().path().ends_with("backupProtectionContainers");
            match (is_list, location) {
                (true, _) => {
                    answer(200, &format!(r#"{{"value": [{{"name": "Windows;{machine}"}}]}}"#))
                }
                (false, "") => answer(404, "{}"),
                (false, location) => answer(200, &format!(r#"{{"location": "{location}"}}"#)),
            }
        });
    }
}

#[tokio::test]
async fn the_portal_shows_whether_the_vault_is_the_registrations() {
    let own = "SRV01.corp.contoso.example";
    let named = |it: &mut Machine| it.set_value(CONFIG_KEY, "ServerName", own);
    let after = |change: Box<dyn FnOnce(&mut Machine)>| async {
        step(Backup, |it| {
            named(it);
            change(it);
        })
        .await
    };
    assert_eq!(after(Box::new(portal("japaneast", "SRV01.corp.contoso.example"))).await, "");
    assert_eq!(after(Box::new(portal("", "SRV01.corp.contoso.example"))).await, "sign-in");
    assert_eq!(after(Box::new(portal("westus", "SRV01.corp.contoso.example"))).await, "sign-in");
    assert_eq!(
        after(Box::new(portal("japaneast", "SRV02.corp.contoso.example"))).await,
        "send-backup"
    );
}

#[tokio::test]
async fn where_something_is_found_nothing_is_unexplained() {
    let complaint = Complaint {
        version: Complaint::VERSION,
        machine: Name::new("SRV01"),
        operation: Backup,
        message: String::new(),
        language: Language::English,
    };
    let told = |machine: Machine| async {
        ReferenceCore.diagnose(&complaint, &machine.host()).await.unwrap()
    };
    let healthy = told(Machine::healthy()).await;
    assert!(healthy.findings.is_empty() && healthy.unexplained.is_none());
    let odd = told(Machine::healthy().with(without("BackupItems"))).await;
    assert_eq!(odd.unexplained.clone().map(|it| it.step).as_deref(), Some("read-items"), "{odd:?}");
    let key = format!(r"{SCRATCH}\OnlineBackup.KEK");
    let found = told(Machine::healthy().with(without("BackupItems")).without_file(&key)).await;
    assert!(!found.findings.is_empty() && found.unexplained.is_none());
}
