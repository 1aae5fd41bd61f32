use crate::window::Window;

#[tokio::test]
async fn the_prompt_follows() {
    let mut window = Window::with(|_| {});
    window.text(r"cd Windows\Temp").await;
    assert_eq!(window.console.prompt(), r"C:\Windows\Temp>");
    window.text("cd..").await;
    assert_eq!(window.text("cd").await, "C:\\Windows\n");
    window.text(r"cd D:\Data").await;
    assert_eq!(window.console.prompt(), r"C:\Windows>");
    window.text(r#"cd /d "D:\Data""#).await;
    assert_eq!(window.console.prompt(), r"D:\Data>");
    window.text("C:").await;
    assert_eq!(window.console.prompt(), r"C:\>");
    window.failure("cd nope", 1).await;
    window.failure("X:", 1).await;
    window.text(r"cd C:\Program Files\Microsoft Azure Recovery Services Agent").await;
}
