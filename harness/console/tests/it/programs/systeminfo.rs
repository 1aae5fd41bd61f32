use crate::window::Window;

#[tokio::test]
async fn the_lines_follow_the_world() {
    let mut window = Window::with(|machine| machine.os.build = 17_763);
    let text = window.text("systeminfo").await;
    assert!(text.starts_with("\nHost Name:                 SRV01\n"), "{text}");
    assert!(text.contains("OS Version:                10.0.17763 N/A Build 17763\n"), "{text}");
    let updates = "Hotfix(s):                 3 Hotfix(s) Installed.\n                           [01]: KB3199986\n";
    assert!(text.contains(updates), "{text}");
    window.failure("systeminfo /frob", 1).await;
}
