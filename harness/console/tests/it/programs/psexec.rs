use marslab_model::Name;
use marslab_model::WinPath;
use marslab_model::host::Account;
use marslab_model::names::KeyPath;

use crate::window::Window;

#[tokio::test]
async fn a_line_is_run_as_system() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("whoami").await, "corp\\admin\n");
    let text = window.text("psexec -s whoami").await;
    assert!(
        text.contains("\nnt authority\\system\nwhoami exited on SRV01 with error code 0.\n"),
        "{text}"
    );
    assert_eq!(window.text("whoami").await, "corp\\admin\n");
    assert_eq!(window.run("psexec -s sc query nope").await.code, 1060);
}

#[tokio::test]
async fn a_window_of_system_is_opened_and_closed() {
    let mut window = Window::with(|_| {});
    window.text("psexec -i -s cmd.exe").await;
    assert_eq!(window.text("whoami").await, "nt authority\\system\n");
    window.text("exit").await;
    assert_eq!(window.text("whoami").await, "corp\\admin\n");
}

/// mars-facts 1.3: the line as the articles have it.
#[tokio::test]
async fn the_articles_browser_shows_the_settings_of_system() {
    let line = r#"psexec -i -s "c:\Program Files\Internet Explorer\iexplore.exe""#;
    let mut window = Window::with(|machine| {
        let key = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
        let values = machine.registry.get_mut(&KeyPath::new(key)).unwrap();
        values.insert(Name::new("ProxyEnable"), 1.into());
        values.insert(Name::new("ProxyServer"), "10.9.9.9:3128".into());
    });
    let text = window.text(line).await;
    assert!(
        text.contains("10.9.9.9:3128") && text.contains("iexplore.exe exited on SRV01"),
        "{text}"
    );
    let mut window = Window::with(|machine| {
        machine.files.remove(&WinPath::new(r"C:\Program Files\Internet Explorer\iexplore.exe"));
    });
    assert!(window.failure(line, 2).await.contains("could not start"));
}

#[tokio::test]
async fn wrong_lines_and_rights() {
    let mut window = Window::with(|_| {});
    window.failure("psexec", u32::MAX).await;
    window.failure("psexec -frob whoami", u32::MAX).await;
    window.console = marslab_console::Console::new(Account::User(Name::new("CORP\\operator")));
    window.failure("psexec -s whoami", 5).await;
}
