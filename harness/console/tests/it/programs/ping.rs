use marslab_model::HostName;

use crate::window::Window;

#[tokio::test]
async fn a_name_resolves_or_not() {
    let mut window = Window::after(|world| {
        world.network.names.remove(&HostName::new("login.windows.net"));
    });
    let text = window.failure("ping go.microsoft.com", 1).await;
    assert!(
        text.contains(
            "Pinging go.microsoft.com [203.0.113.20] with 32 bytes of data:\nRequest timed out.\n"
        ),
        "{text}"
    );
    let text = window.failure("ping login.windows.net", 1).await;
    assert_eq!(
        text,
        "Ping request could not find host login.windows.net. Please check the name and try again.\n"
    );
    window.failure("ping -n 1 203.0.113.1", 1).await;
    window.failure("ping", 1).await;
}
