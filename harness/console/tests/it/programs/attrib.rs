use crate::window::Window;

#[tokio::test]
async fn files_are_listed() {
    let mut window = Window::with(|_| {});
    assert_eq!(
        window.text(r"attrib C:\Windows\Temp\*.log").await,
        "A                    C:\\Windows\\Temp\\setup.log\n"
    );
    assert!(window.text("attrib nope").await.starts_with("File not found - C:\\nope"));
    window.failure("attrib +r nope", 1).await;
}
