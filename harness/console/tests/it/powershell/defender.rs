use marslab_model::WinPath;

use crate::window::Window;

const BIN: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin";

#[tokio::test]
async fn exclusions_are_listed_and_changed() {
    let mut window = Window::with(|machine| {
        machine.antivirus.product = "Windows Defender".to_owned();
        machine.antivirus.blocked.insert(WinPath::new(BIN));
    });
    assert_eq!(window.text("(Get-MpComputerStatus).RealTimeProtectionEnabled").await, "True\n");
    assert_eq!(window.text("(Get-MpPreference).ExclusionPath").await, "");
    window
        .text(&format!("Add-MpPreference -ExclusionPath '{BIN}' -ExclusionProcess cbengine.exe"))
        .await;
    assert!(window.machine().antivirus.exclusions.contains(&WinPath::new(BIN)));
    assert_eq!(
        window.text("Get-MpPreference | select -ExpandProperty ExclusionPath").await,
        format!("{BIN}\n")
    );
    assert_eq!(window.text("(Get-MpPreference).ExclusionProcess").await, "cbengine.exe\n");
    window.text(&format!("Remove-MpPreference -ExclusionPath '{BIN}'")).await;
    assert_eq!(window.machine().antivirus.exclusions.len(), 1);
}

#[tokio::test]
async fn another_product_is_not_defenders() {
    let mut window = Window::with(|machine| machine.antivirus.product = "Contoso Guard".to_owned());
    assert!(window.failure("Get-MpPreference", 1).await.contains("0x800106ba"));
}
