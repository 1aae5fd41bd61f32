use marslab_model::{Name, WinPath};

use crate::window::Window;

/// mars-facts 1.9: 0x80070570, `chkdsk` of the source volume.
#[tokio::test]
async fn a_damaged_file_is_repaired() {
    let file = WinPath::new(r"D:\Data\customers.mdf");
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("D:")).unwrap().noted_for_repair.insert(file.clone());
    });
    assert!(window.text("chkdsk D:").await.contains("read-only mode"));
    assert!(window.failure("chkdsk D: /f", 1).await.contains("made corrections"));
    assert!(window.machine().volumes[&Name::new("D:")].noted_for_repair.is_empty());
    assert!(window.text("chkdsk D: /F").await.contains("found no problems"));
    window.failure("chkdsk X:", 3).await;
    window.failure("chkdsk D: /frob", 3).await;
}
