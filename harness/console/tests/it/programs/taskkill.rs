use marslab_model::world::ServiceState;
use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn a_program_lets_go_of_its_files() {
    let mut window = Window::with(|machine| {
        machine.open_files.insert(WinPath::new(r"C:\x"), Name::new("editor.exe"));
    });
    assert!(
        window
            .text("taskkill /im EDITOR.exe")
            .await
            .starts_with("SUCCESS: The process \"editor.exe\"")
    );
    assert!(window.machine().open_files.is_empty());
    assert!(window.failure("taskkill /im editor.exe", 128).await.contains("not found"));
}

#[tokio::test]
async fn a_service_is_ended_by_force() {
    let mut window = Window::with(|_| {});
    assert!(window.failure("taskkill /im cbengine.exe", 1).await.contains("/F option"));
    window.text("taskkill /f /im cbengine.exe").await;
    assert_eq!(window.machine().services[&Name::new("obengine")].state, ServiceState::Stopped);
    window.failure("taskkill", 1).await;
    window.failure("taskkill /frob", 1).await;
}
