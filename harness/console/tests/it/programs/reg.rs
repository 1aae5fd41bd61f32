use marslab_model::Name;
use marslab_model::host::Account;
use marslab_model::names::KeyPath;
use marslab_model::world::{Language, RegValue};

use crate::window::Window;

const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

#[tokio::test]
async fn a_query_follows_the_world() {
    let mut window = Window::with(|machine| {
        let config = machine.registry.get_mut(&KeyPath::new(CONFIG)).unwrap();
        config.insert(Name::new("ScratchLocation"), r"D:\Scratch".into());
        config.insert(Name::new("Seed"), RegValue::Binary([1, 171].into()));
        config.insert(Name::new("Number"), 255.into());
    });
    let text = window.text(&format!("reg query \"{CONFIG}\"")).await;
    let full = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows Azure Backup\Config";
    assert!(
        text.starts_with(&format!("\n{full}\n    BackupItems    REG_SZ    D:\\Data\n")),
        "{text}"
    );
    assert!(text.contains("    ScratchLocation    REG_SZ    D:\\Scratch\n"));
    assert!(text.contains("    Seed    REG_BINARY    01AB\n"));
    assert!(text.contains("    Number    REG_DWORD    0xff\n"));
    assert!(text.ends_with(&format!("\n\n{full}\\CloudBackupProvider\n")), "{text}");
    let both = window.text(&format!("reg query \"{CONFIG}\" /v ScratchLocation /s")).await;
    assert!(both.ends_with("End of search: 2 match(es) found.\n"), "{both}");
}

#[tokio::test]
async fn what_is_not_there() {
    let mut window = Window::with(|_| {});
    let missing = "ERROR: The system was unable to find the specified registry key or value.\n";
    assert_eq!(window.failure(r"reg query HKLM\SOFTWARE\Nope", 1).await, missing);
    assert_eq!(window.failure(&format!("reg query \"{CONFIG}\" /v Nope"), 1).await, missing);
    assert!(window.failure(r"reg query HKXX\a", 1).await.starts_with("ERROR: Invalid key name."));
    assert!(
        window.failure(&format!("reg query \"{CONFIG}\" /x"), 1).await.contains("Invalid syntax")
    );
    let mut window = Window::speaking(Language::ChineseTraditional);
    assert!(window.failure(r"reg query HKLM\SOFTWARE\Nope", 1).await.starts_with("錯誤"));
}

#[tokio::test]
async fn adding_and_deleting_reach_the_world() {
    let mut window = Window::with(|_| {});
    let value = |window: &Window, name: &str| {
        window.machine().registry[&KeyPath::new(CONFIG)].get(&Name::new(name)).cloned()
    };
    let add =
        format!("reg add \"{CONFIG}\" /v ScratchLocation /t REG_SZ /d \"D:\\Scratch Folder\"");
    assert!(window.failure(&add, 1).await.starts_with("Value ScratchLocation exists"));
    assert_eq!(
        window.text(&format!("echo y | {add}")).await,
        "The operation completed successfully.\n"
    );
    assert_eq!(value(&window, "ScratchLocation"), Some(r"D:\Scratch Folder".into()));
    window.text(&format!("reg add \"{CONFIG}\" /v N /t REG_DWORD /d 0x10 /f")).await;
    assert_eq!(value(&window, "N"), Some(16.into()));
    window.text(&format!("reg add \"{CONFIG}\" /v B /t REG_BINARY /d 00fF /f")).await;
    assert_eq!(value(&window, "B"), Some(RegValue::Binary([0, 255].into())));
    window.failure(&format!("reg add \"{CONFIG}\" /v B /t REG_BINARY /d 0 /f"), 1).await;
    window.text(&format!("reg delete \"{CONFIG}\" /v N /f")).await;
    assert_eq!(value(&window, "N"), None);
    window.text(r"reg add HKLM\SOFTWARE\New\Sub").await;
    window.text(r"reg query HKLM\SOFTWARE\New\Sub").await;
    window.text(r"reg delete HKLM\SOFTWARE\New /f").await;
    window.failure(r"reg query HKLM\SOFTWARE\New\Sub", 1).await;
}

#[tokio::test]
async fn the_own_hive_is_that_of_who_asks() {
    let mut window = Window::with(|_| {});
    let key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    window.text(&format!("psexec -s reg add \"{key}\" /v ProxyEnable /t REG_DWORD /d 1 /f")).await;
    assert!(window.text(&format!("psexec -s reg query \"{key}\"")).await.contains("0x1"));
    assert!(
        window
            .text(&format!("reg query \"{key}\""))
            .await
            .contains("ProxyEnable    REG_DWORD    0x0")
    );
    window.console = marslab_console::Console::new(Account::User(Name::new("CORP\\operator")));
    assert_eq!(
        window.failure(&format!("reg add \"{CONFIG}\" /v a /d b /f"), 1).await,
        "ERROR: Access is denied.\n"
    );
}
