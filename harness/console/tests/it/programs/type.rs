use std::collections::BTreeSet;

use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn text_and_refusals() {
    let file = WinPath::new(r"C:\Windows\Temp\setup.log");
    let mut window = Window::with(|_| {});
    assert_eq!(window.text(r"type C:\Windows\Temp\setup.log").await, "ok\n");
    assert_eq!(window.text(r"type C:\Windows\Temp\s*.log").await, "\nsetup.log\n\n\nok\n");
    window.failure(r"type C:\Windows\Temp\x*.log", 1).await;
    assert_eq!(
        window.failure("type nope", 1).await,
        "The system cannot find the file specified.\n"
    );
    let mut window = Window::with(|machine| {
        machine.denied.insert(file.clone(), BTreeSet::from([Name::new("CORP\\admin")]));
    });
    assert_eq!(window.failure(r"type C:\Windows\Temp\setup.log", 1).await, "Access is denied.\n");
    let mut window = Window::with(|machine| {
        machine.open_files.insert(file.clone(), Name::new("editor.exe"));
    });
    assert!(window.failure(r"type C:\Windows\Temp\setup.log", 1).await.contains("another process"));
    window.failure("type", 1).await;
}
