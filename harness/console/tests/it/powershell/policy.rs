use marslab_model::world::RegValue;
use marslab_model::{KeyPath, Name};

use crate::window::Window;

const SHELL: &str = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";

#[tokio::test]
async fn policies_are_listed_as_the_articles_show_them() {
    let mut window = Window::with(|_| {});
    let text = window.text(r"PS C:\WINDOWS\system32> Get-ExecutionPolicy -List").await;
    assert_eq!(
        text,
        "\n        Scope ExecutionPolicy\n        ----- ---------------\nMachinePolicy       Undefined\n   \
         UserPolicy       Undefined\n      Process       Undefined\n  CurrentUser       Undefined\n LocalMachine    \
         RemoteSigned\n\n\n"
    );
    assert_eq!(window.text("Get-ExecutionPolicy").await, "RemoteSigned\n");
}

#[tokio::test]
async fn a_policy_is_set_where_windows_has_it() {
    let mut window = Window::with(|machine| {
        let values = machine.registry.entry(KeyPath::new(SHELL)).or_default();
        values.insert(Name::new("ExecutionPolicy"), RegValue::Text("Restricted".into()));
    });
    assert_eq!(window.text("Get-ExecutionPolicy -Scope LocalMachine").await, "Restricted\n");
    assert_eq!(window.text(r"PS C:\WINDOWS\system32> Set-ExecutionPolicy Unrestricted").await, "");
    let value =
        window.machine().registry[&KeyPath::new(SHELL)][&Name::new("ExecutionPolicy")].clone();
    assert_eq!(value, RegValue::Text("Unrestricted".into()));
    window.text("Set-ExecutionPolicy Bypass -Scope Process").await;
    assert_eq!(window.text("Get-ExecutionPolicy").await, "Bypass\n");
    let text = window.failure("Set-ExecutionPolicy AllSigned -Force", 1).await;
    assert!(text.contains("effective execution policy of Bypass"), "{text}");
    assert!(window.failure("Set-ExecutionPolicy Sometimes", 1).await.contains("enumerator names"));
}

#[tokio::test]
async fn modules_are_found_and_loaded_as_the_machine_lets_them() {
    let mut window = Window::with(|_| {});
    let text = window.text("Get-Module -ListAvailable MSOnlineBackup").await;
    assert!(
        text.contains(
            "Directory: C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\Modules\n"
        ),
        "{text}"
    );
    assert!(text.contains("Binary     2.0        MSOnlineBackup"), "{text}");
    assert_eq!(
        window.text("Import-Module MSOnlineBackup; (Get-Module).Name").await,
        "MSOnlineBackup\n"
    );
    assert!(window.text("Get-Command -Module MSOnlineBackup").await.contains("Start-OBBackup"));
    let mut restricted = Window::with(|machine| {
        let values = machine.registry.entry(KeyPath::new(SHELL)).or_default();
        values.insert(Name::new("ExecutionPolicy"), RegValue::Text("Restricted".into()));
    });
    let text = restricted.failure("Import-Module MSOnlineBackup", 1).await;
    assert!(text.contains("running scripts is disabled on this system"), "{text}");
    let mut lost = Window::with(|machine| {
        machine.environment.insert(Name::new("PSModulePath"), r"C:\Windows\Modules".to_owned());
    });
    assert_eq!(lost.text("Get-Module -ListAvailable").await, "");
    let text = lost.failure("Import-Module MSOnlineBackup", 1).await;
    assert!(text.contains("no valid module file was found in any module directory"), "{text}");
}
