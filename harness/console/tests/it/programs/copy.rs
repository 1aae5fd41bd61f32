use marslab_model::{Name, WinPath};

use crate::window::Window;

#[tokio::test]
async fn files_are_copied_by_name_and_pattern() {
    let mut window = Window::with(|_| {});
    let text = window.text(r"copy C:\Windows\Temp\setup.log D:\Data\").await;
    assert_eq!(text, "       1 file(s) copied.\n");
    let copy = window.machine().files[&WinPath::new(r"D:\Data\setup.log")].clone();
    assert_eq!(copy.content.bytes(), b"ok");
    let text = window.text(r"copy C:\Windows\Temp\*.log D:\other.log").await;
    assert_eq!(text, "C:\\Windows\\Temp\\setup.log\n       1 file(s) copied.\n");
    assert_eq!(
        window.failure("copy nope D:\\", 1).await,
        "The system cannot find the file specified.\n"
    );
    window.failure("copy", 1).await;
}

#[tokio::test]
async fn a_full_volume_takes_none() {
    let mut window = Window::with(|machine| {
        machine.volumes.get_mut(&Name::new("D:")).unwrap().free = 1;
    });
    let text = window.failure(r"copy C:\Windows\Temp\setup.log D:\", 1).await;
    assert_eq!(text, "There is not enough space on the disk.\n       0 file(s) copied.\n");
}
