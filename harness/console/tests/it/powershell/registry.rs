use marslab_model::KeyPath;
use marslab_model::world::RegValue;

use crate::window::Window;

const SETUP: &str = r"HKLM:\SOFTWARE\Microsoft\Windows Azure Backup\Setup";

#[tokio::test]
async fn values_are_read_and_written() {
    let mut window = Window::with(|_| {});
    assert_eq!(
        window.text(&format!("(Get-ItemProperty '{SETUP}').InstallPath")).await,
        "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\\n"
    );
    let text = window.text(&format!("Get-ItemProperty -Path \"{SETUP}\" -Name InstallPath")).await;
    assert!(text.contains("\nInstallPath  : C:\\Program Files\\"), "{text}");
    assert!(text.contains("\nPSChildName  : Setup\n"), "{text}");
    window.text(&format!("Set-ItemProperty -Path '{SETUP}' -Name Probe -Value 5")).await;
    window.text(&format!("Set-ItemProperty '{SETUP}' InstallPath 'D:\\x'")).await;
    window
        .text(&format!(
            "New-ItemProperty '{SETUP}' -Name Other -PropertyType DWord -Value 0x10 | Out-Null"
        ))
        .await;
    let key = KeyPath::new(SETUP.replace(':', ""));
    let values = window.machine().registry[&key].clone();
    assert_eq!(values[&"Probe".into()], RegValue::Number(5));
    assert_eq!(values[&"Other".into()], RegValue::Number(16));
    assert_eq!(values[&"InstallPath".into()], RegValue::Text(r"D:\x".into()));
    window.text(&format!("Remove-ItemProperty '{SETUP}' -Name Probe")).await;
    assert!(!window.machine().registry[&key].contains_key(&"Probe".into()));
}

#[tokio::test]
async fn what_is_not_there_is_an_error() {
    let mut window = Window::with(|_| {});
    let text = window.failure(r"Get-ItemProperty HKLM:\SOFTWARE\Nothing", 1).await;
    assert!(
        text.contains(r"Cannot find path 'HKLM:\SOFTWARE\Nothing' because it does not exist."),
        "{text}"
    );
    let text = window.failure(&format!("Get-ItemProperty '{SETUP}' -Name Nothing"), 1).await;
    assert!(text.contains("Property Nothing does not exist at path HKEY_LOCAL_MACHINE"), "{text}");
    let text =
        window.failure(&format!("New-ItemProperty '{SETUP}' -Name InstallPath -Value x"), 1).await;
    assert!(text.contains("The property already exists."), "{text}");
    assert!(
        window
            .failure(&format!("Set-ItemProperty '{SETUP}' -Name x"), 1)
            .await
            .contains("mandatory")
    );
}
