use crate::window::Window;

#[tokio::test]
async fn all_programs_are_named() {
    let mut window = Window::with(|_| {});
    let text = window.text("help").await;
    for program in marslab_console::programs() {
        assert!(text.contains(&format!("\n{} ", program.name.to_uppercase())), "{}", program.name);
    }
    assert!(window.text("help sc").await.contains("    sc config SERVICE start= auto"));
    assert!(window.text("sc /?").await.contains("    sc query"));
    window.failure("help frob", 1).await;
}
