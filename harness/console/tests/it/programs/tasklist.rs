use marslab_model::world::ServiceState;
use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn services_and_programs() {
    let mut window = Window::with(|machine| {
        machine.open_files.insert(WinPath::new(r"C:\x"), Name::new("editor.exe"));
    });
    let text = window.text("tasklist /svc").await;
    assert!(text.contains("\ncbengine.exe ") && text.contains(" obengine\n"), "{text}");
    assert!(text.contains("\neditor.exe "), "{text}");
    assert!(
        window.text("tasklist /fi \"SERVICES eq obengine\" /nh").await.starts_with("cbengine.exe ")
    );
    assert!(window.text("tasklist /svc /fo csv").await.contains("\"cbengine.exe\","));
    let mut window = Window::with(|machine| {
        machine.services.get_mut(&Name::new("obengine")).unwrap().state = ServiceState::Stopped;
    });
    assert!(
        window
            .text("tasklist /fi \"IMAGENAME eq cbengine.exe\"")
            .await
            .starts_with("INFO: No tasks")
    );
    window.failure("tasklist /frob", 1).await;
}
