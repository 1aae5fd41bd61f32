use marslab_model::WinPath;

use crate::window::Window;

#[tokio::test]
async fn files_and_folders_are_moved_and_renamed() {
    let mut window = Window::with(|_| {});
    window.text(r"move C:\Windows\Temp\setup.log D:\").await;
    let has =
        |window: &Window, path: &str| window.machine().files.contains_key(&WinPath::new(path));
    assert!(has(&window, r"D:\setup.log") && !has(&window, r"C:\Windows\Temp\setup.log"));
    window.text(r"ren D:\setup.log other.log").await;
    assert!(has(&window, r"D:\other.log"));
    window.text(r"move D:\Data D:\Moved").await;
    assert!(has(&window, r"D:\Moved\customers.mdf") && !has(&window, r"D:\Data\customers.mdf"));
    window.text(r"ren D:\Moved Data").await;
    assert!(has(&window, r"D:\Data\customers.mdf"));
    window.failure("move nope D:\\", 1).await;
    window.failure("ren nope other", 1).await;
    window.failure(r"ren D:\other.log D:\x", 1).await;
}
