use marslab_model::{KeyPath, Name, WinPath};

use crate::window::Window;

const MODULE: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup";

#[tokio::test]
async fn folders_are_listed() {
    let mut window = Window::with(|machine| {
        machine.files.remove(&WinPath::new(MODULE).join("OnlineBackup_Cmdlets.xml"));
    });
    let text = window.text(&format!("Get-ChildItem '{MODULE}'")).await;
    assert!(
        text.starts_with(&format!(
            "\n\n   Directory: {MODULE}\n\nMode                LastWriteTime         Length Name\n"
        )),
        "{text}"
    );
    assert!(
        text.contains(" 17 MSOnlineBackup.dll\n") || text.contains("MSOnlineBackup.dll\n"),
        "{text}"
    );
    assert!(!text.contains("OnlineBackup_Cmdlets.xml"), "{text}");
    let line = format!(
        "gci '{MODULE}' -Filter *.dll | % Name; (gci 'C:\\Program Files' -Recurse -File).Count -gt 3"
    );
    assert_eq!(window.text(&line).await, "MSOnlineBackup.dll\nTrue\n");
    let text = window.failure(r"Get-ChildItem C:\Nothing", 1).await;
    assert!(text.contains(r"Cannot find path 'C:\Nothing' because it does not exist."), "{text}");
    assert!(
        window.failure(r"ls Q:\", 1).await.contains("A drive with the name 'Q' does not exist.")
    );
    assert!(
        window
            .text(r"Get-ChildItem 'HKLM:\SOFTWARE\Microsoft\Windows Azure Backup'")
            .await
            .contains("Setup")
    );
    assert!(
        window
            .text(r"Get-ChildItem Cert:\LocalMachine\Root | % Subject")
            .await
            .contains("DigiCert")
    );
}

#[tokio::test]
async fn paths_are_tested() {
    let mut window = Window::with(|_| {});
    for (path, is) in [
        (MODULE, "True\n"),
        (r"C:\Windows\Temp\setup.log", "True\n"),
        (r"C:\Windows\Temp\*.log", "True\n"),
        (r"C:\Windows\Temp\*.txt", "False\n"),
        (r"X:\x", "False\n"),
        (r"HKLM:\SOFTWARE\Microsoft\Windows Azure Backup", "True\n"),
        (r"HKLM:\SOFTWARE\Nothing", "False\n"),
    ] {
        assert_eq!(window.text(&format!("Test-Path '{path}'")).await, is, "{path}");
    }
    assert_eq!(window.text(r"Test-Path C:\Windows -PathType Leaf").await, "False\n");
}

#[tokio::test]
async fn files_are_read_copied_and_removed() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text(r"Get-Content C:\Windows\Temp\setup.log").await, "ok\n");
    window
        .text(r"'a','b','c' | Out-File C:\Windows\Temp\x.txt; cat C:\Windows\Temp\x.txt -Tail 2")
        .await;
    assert_eq!(window.text(r"gc C:\Windows\Temp\x.txt -TotalCount 1").await, "a\n");
    window.text(r"Copy-Item C:\Windows\Temp\x.txt C:\Windows\Temp\y.txt").await;
    window.text(&format!(r"Copy-Item '{MODULE}' D:\Copy -Recurse")).await;
    let files = window.machine().files;
    assert!(files.contains_key(&WinPath::new(r"C:\Windows\Temp\y.txt")));
    assert!(files.contains_key(&WinPath::new(r"D:\Copy\MSOnlineBackup.psd1")));
    window
        .text(r"Remove-Item C:\Windows\Temp\*.txt; Move-Item D:\Copy\MSOnlineBackup.dll D:\x.dll")
        .await;
    let files = window.machine().files;
    assert!(!files.contains_key(&WinPath::new(r"C:\Windows\Temp\y.txt")));
    assert!(files.contains_key(&WinPath::new(r"D:\x.dll")));
    assert!(
        window.failure(r"Remove-Item C:\Windows\Temp\x.txt", 1).await.contains("Cannot find path")
    );
}

#[tokio::test]
async fn who_may_not_is_refused() {
    let mut window = Window::with(|machine| {
        machine
            .open_files
            .insert(WinPath::new(r"C:\Windows\Temp\setup.log"), Name::new("setup.exe"));
        machine.registry.insert(KeyPath::new(r"HKLM\SOFTWARE\Old"), [].into());
    });
    let text = window.failure(r"Get-Content C:\Windows\Temp\setup.log", 1).await;
    assert!(text.contains("because it is being used by another process."), "{text}");
    window.text(r"Remove-Item HKLM:\SOFTWARE\Old -Recurse").await;
    assert!(!window.machine().registry.contains_key(&KeyPath::new(r"HKLM\SOFTWARE\Old")));
}
