use marslab_model::HostName;

use crate::window::Window;

#[tokio::test]
async fn the_resolver_answers() {
    let mut window = Window::after(|world| {
        world.network.names.remove(&HostName::new("login.windows.net"));
    });
    let text = window.text("nslookup go.microsoft.com").await;
    assert!(text.contains("Name:    go.microsoft.com\nAddress:  203.0.113.20\n"), "{text}");
    assert!(window.failure("nslookup login.windows.net", 1).await.contains("Non-existent domain"));
    window.failure("nslookup", 1).await;
}
