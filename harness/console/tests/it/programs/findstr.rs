use crate::window::Window;

#[tokio::test]
async fn words_and_texts() {
    let mut window = Window::with(|_| {});
    let state = "        STATE              : 4  RUNNING\n";
    assert_eq!(window.text("sc query obengine | findstr STATE").await, state);
    assert_eq!(window.text("sc query obengine | findstr /i /c:\"4  running\"").await, state);
    assert_eq!(
        window.text("sc query obengine | findstr /n \"nope STATE\"").await,
        format!("4:{state}")
    );
    assert_eq!(window.text("hostname | findstr ^SRV.*1$").await, "SRV01\n");
    assert_eq!(window.failure("hostname | findstr nope", 1).await, "");
    window.failure("hostname | findstr", 2).await;
}
