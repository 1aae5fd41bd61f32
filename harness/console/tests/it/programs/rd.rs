use marslab_model::WinPath;

use crate::window::Window;

#[tokio::test]
async fn a_folder_goes_with_all_in_it() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.failure(r"rd D:\Data", 1).await, "The directory is not empty.\n");
    window.text(r"rd /s /q D:\Data").await;
    assert!(!window.machine().files.keys().any(|path| path.is_within(&WinPath::new(r"D:\Data"))));
    window.failure(r"rd /s /q D:\Data", 1).await;
    window.failure(r"rd C:\Windows\Temp\setup.log", 1).await;
    window.text(r"md D:\New & copy C:\Windows\Temp\setup.log D:\New\").await;
}
