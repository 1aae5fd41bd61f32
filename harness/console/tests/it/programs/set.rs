use crate::window::Window;

#[tokio::test]
async fn variables_live_in_the_window() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("set TEMP").await, "TEMP=C:\\Windows\\Temp\n");
    assert_eq!(window.text("set X=1 & set x").await, "X=1\n");
    assert_eq!(window.text("echo %X%").await, "1\n");
    assert_eq!(window.failure("set nope", 1).await, "Environment variable nope not defined\n");
    assert!(window.text("set").await.contains("\nUSERNAME=admin\n"));
    assert!(window.text("psexec -s set USERNAME").await.contains("USERNAME=SRV01$"));
}
