use marslab_model::world::RegValue;
use marslab_model::{KeyPath, Name, Operation, Outcome, WinPath};

use crate::window::Window;

const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
const PROVIDER: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// A window of a server that is registered and activated.
async fn ready() -> Window {
    let window = Window::with(|_| {});
    for operation in [
        Operation::DownloadCredentials,
        Operation::Register,
        Operation::SetPassphrase,
        Operation::Activate,
    ] {
        assert_eq!(window.live.operate(operation).await, Outcome::Succeeded, "{operation}");
    }
    window
}

#[tokio::test]
async fn settings_are_the_agents() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("(Get-OBMachineSetting).ProxySetting.Enabled").await, "False\n");
    let line = "Set-OBMachineSetting -ProxyServer http://10.0.0.5 -ProxyPort 8080";
    assert_eq!(window.text(line).await, "Server properties updated successfully.\n");
    let values = window.machine().registry[&KeyPath::new(PROVIDER)].clone();
    assert_eq!(values[&Name::new("ProxyServer")], RegValue::Text("http://10.0.0.5".into()));
    assert_eq!(values[&Name::new("ProxyPort")], RegValue::Number(8080));
    assert_eq!(window.text("(Get-OBMachineSetting).ProxySetting.ProxyPort").await, "8080\n");
    window.text("Set-OBMachineSetting -NoProxy").await;
    assert_eq!(window.text("(Get-OBMachineSetting).ProxySetting.Enabled").await, "False\n");
    assert!(window.failure("Set-OBMachineSetting -ProxyServer x", 1).await.contains("ProxyPort"));
}

#[tokio::test]
async fn a_backup_is_started_and_stands_in_the_history() {
    let mut window = ready().await;
    assert_eq!(
        window.text("(Get-OBMachineSetting).EncryptionSetting.EncryptionKeyStatus").await,
        "Set\n"
    );
    let text = window.text("Get-OBPolicy | Start-OBBackup").await;
    assert!(
        text.ends_with("Job completed.\nThe backup operation completed successfully.\n"),
        "{text}"
    );
    assert_eq!(window.text("(Get-OBJob -Previous 1).JobStatus.JobState").await, "Completed\n");
    assert_eq!(window.text("Get-OBJob").await, "");
}

#[tokio::test]
async fn what_fails_says_what_the_console_shows() {
    let mut window = Window::with(|_| {});
    let text = window.failure("Get-OBPolicy | Start-OBBackup", 1).await;
    assert!(text.contains("Start-OBBackup : "), "{text}");
    let line = "$p = ConvertTo-SecureString -String 'x' -AsPlainText -Force; \
                Set-OBMachineSetting -EncryptionPassphrase $p";
    assert!(window.failure(line, 1).await.contains("Set-OBMachineSetting : "));
    assert!(
        window
            .failure("Set-OBMachineSetting -EncryptionPassphrase x", 1)
            .await
            .contains("SecureString")
    );
    assert_eq!(window.text("$p").await, "System.Security.SecureString\n");
}

#[tokio::test]
async fn the_passphrase_and_the_file_are_those_that_are_typed() {
    let mut window = ready().await;
    let key =
        || window.machine().registry[&KeyPath::new(CONFIG)][&Name::new("KeyVerifier")].clone();
    let before = key();
    let set = |text: &str| {
        format!(
            "$p = ConvertTo-SecureString -String '{text}' -AsPlainText -Force; Set-OBMachineSetting -EncryptionPassphrase $p"
        )
    };
    let short = window.failure(&set("fifteen letters"), 1).await;
    assert!(short.contains("at least 16 characters"), "{short}");
    window.text(&set("sixteen letters!")).await;
    let after = window.machine().registry[&KeyPath::new(CONFIG)][&Name::new("KeyVerifier")].clone();
    assert_ne!(before, after);
    let files = window.machine().files;
    let is_one = |path: &&WinPath| path.extension().is_some_and(|it| it == "VaultCredentials");
    let own = files.keys().find(is_one).unwrap();
    window.text(&format!("Start-OBRegistration -VaultCredentials '{own}'")).await;
    let text =
        window.failure(r"Start-OBRegistration -VaultCredentials C:\nope.VaultCredentials", 1).await;
    assert!(text.contains("Start-OBRegistration : "), "{text}");
}

#[tokio::test]
async fn without_its_module_the_agents_commands_are_unknown() {
    let unknown = "The term 'Start-OBBackup' is not recognized";
    let mut lost = Window::with(|machine| {
        machine.environment.insert(Name::new("PSModulePath"), r"C:\Windows\Modules".to_owned());
    });
    assert!(lost.failure("Start-OBBackup -Name x", 1).await.contains(unknown));
    lost.text("$env:PSModulePath += ';C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\Modules'").await;
    assert!(!lost.failure("Start-OBBackup -Name x", 1).await.contains(unknown));
    let dll = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup\MSOnlineBackup.dll";
    let mut damaged = Window::with(|machine| drop(machine.files.remove(&WinPath::new(dll))));
    let text = damaged.failure("Start-OBBackup -Name x", 1).await;
    assert!(
        text.contains(
            "was found in the module 'MSOnlineBackup', but the module could not be loaded"
        ),
        "{text}"
    );
    assert!(
        damaged
            .failure("Import-Module MSOnlineBackup", 1)
            .await
            .contains("Could not load file or assembly")
    );
    let mut old = Window::with(|machine| {
        machine
            .registry
            .remove(&KeyPath::new(r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine"));
    });
    assert!(old.failure("Start-OBBackup -Name x", 1).await.contains(unknown));
    assert!(
        old.failure("Import-Module MSOnlineBackup", 1)
            .await
            .contains("minimum Windows PowerShell version")
    );
}

/// The probe of Windows Admin Center and of a DSC resource.
#[tokio::test]
async fn types_of_the_module_tell_whether_the_server_is_registered() {
    let probe = "[Microsoft.Internal.CloudBackup.Client.Common.CBClientCommon]::GetMachineRegistrationStatus(0)";
    let imported = format!("Import-Module MSOnlineBackup; {probe}");
    let mut window = Window::with(|_| {});
    let text = window.failure(probe, 1).await;
    assert!(text.contains("Unable to find type [Microsoft.Internal.CloudBackup"), "{text}");
    assert!(text.contains("FullyQualifiedErrorId : TypeNotFound"), "{text}");
    assert_eq!(window.text(&imported).await, "False\n");
    assert_eq!(ready().await.text(&imported).await, "True\n");
}
