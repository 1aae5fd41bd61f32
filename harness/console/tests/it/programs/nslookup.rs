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

#[tokio::test]
async fn the_hosts_file_is_for_programs_and_not_for_the_server() {
    let mut window = Window::after(|_world| {});
    for line in [
        "10.1.0.4 intranet GO.Microsoft.com # moved",
        "fd00::4 go.microsoft.com",
        "# 10.1.0.5 login.windows.net",
        "?",
    ] {
        window.text(&format!(r"echo {line} >> C:\Windows\System32\drivers\etc\hosts")).await;
    }
    assert!(window.failure("ping go.microsoft.com", 1).await.contains("[10.1.0.4]"));
    let text = window.text("nslookup go.microsoft.com").await;
    assert!(text.contains("Address:  203.0.113.20\n"), "{text}");
    let text = window.text("nslookup login.windows.net").await;
    assert!(!text.contains("10.1.0.5"), "{text}");
    assert!(!window.failure("ping login.windows.net", 1).await.contains("10.1.0.5"));
}
