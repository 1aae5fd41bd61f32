use marslab_model::WinPath;

use crate::window::Window;

#[tokio::test]
async fn a_folder_is_copied_once() {
    let mut window = Window::with(|_| {});
    let from = r#""C:\Program Files\Microsoft Azure Recovery Services Agent\bin""#;
    let line = format!(r"robocopy {from} D:\bin /E");
    assert!(window.failure(&line, 1).await.contains("cbengine.exe"));
    assert!(
        window
            .machine()
            .files
            .contains_key(&WinPath::new(r"D:\bin\Modules\MSOnlineBackup\MSOnlineBackup.dll"))
    );
    window.text(&line).await;
    assert!(window.failure("robocopy C:\\nope D:\\", 16).await.starts_with("ERROR 2 (0x00000002)"));
    window.failure("robocopy", 16).await;
}
