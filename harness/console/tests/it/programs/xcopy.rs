use marslab_model::{Name, WinPath};

use crate::window::Window;

/// mars-facts E7, 6 and the scratch folder's move: a folder is copied whole.
#[tokio::test]
async fn a_folder_is_copied_with_what_is_below() {
    let mut window = Window::with(|_| {});
    let from = r#""C:\Program Files\Microsoft Azure Recovery Services Agent\bin""#;
    let text = window.text(&format!(r"xcopy {from} D:\bin /E /I /Y")).await;
    assert!(text.ends_with(" File(s) copied\n"), "{text}");
    let files = window.machine().files;
    assert!(files.contains_key(&WinPath::new(r"D:\bin\cbengine.exe")));
    assert!(
        files.contains_key(&WinPath::new(r"D:\bin\Modules\MSOnlineBackup\MSOnlineBackup.psd1"))
    );
    window.failure("xcopy nope D:\\", 4).await;
    window.failure("xcopy one", 4).await;
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("D:")).unwrap().free = 3;
    });
    assert!(
        window
            .failure(&format!(r"xcopy {from} D:\bin /E /I"), 5)
            .await
            .contains("not enough space")
    );
}
