use crate::window::Window;

#[tokio::test]
async fn lines_of_a_pipe() {
    let mut window = Window::with(|_| {});
    assert_eq!(
        window.text("sc query obengine | find \"STATE\"").await,
        "        STATE              : 4  RUNNING\n"
    );
    assert_eq!(window.failure("sc query obengine | find \"state\"", 1).await, "");
    assert_eq!(window.text("sc query obengine | find /i /c \"state\"").await, "1\n");
    assert_eq!(window.text("hostname | find /v \"x\" /n").await, "[1]SRV01\n");
    assert_eq!(window.text(r#"find "ok" C:\Windows\Temp\setup.log"#).await, "ok\n");
    window.failure("hostname | find x", 2).await;
}
