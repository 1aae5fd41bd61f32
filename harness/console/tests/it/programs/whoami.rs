use crate::window::Window;

#[tokio::test]
async fn system_is_spelled_as_windows_does() {
    let mut window = Window::after(|_| {});
    assert_eq!(window.run("whoami").await.text, "nt authority\\system\n");
    assert_eq!(window.run("whoami /nonsense").await.code, 1);
}
