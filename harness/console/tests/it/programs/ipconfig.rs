use marslab_model::Name;
use marslab_model::world::ServiceState;

use crate::window::Window;

#[tokio::test]
async fn names_adapters_and_the_cache() {
    let mut window = Window::with(|machine| machine.computer_name = "OTHER7".to_owned());
    let text = window.text("ipconfig /all").await;
    assert!(text.contains("Host Name . . . . . . . . . . . . : OTHER7\n"), "{text}");
    assert!(text.contains("Description . . . . . . . . . . . : Intel(R)"), "{text}");
    assert!(
        window
            .text("ipconfig /flushdns")
            .await
            .ends_with("Successfully flushed the DNS Resolver Cache.\n")
    );
    let mut window = Window::with(|machine| {
        machine.services.get_mut(&Name::new("Dnscache")).unwrap().state = ServiceState::Stopped;
    });
    assert!(window.failure("ipconfig /flushdns", 1).await.contains("Could not flush"));
    window.failure("ipconfig /frob", 1).await;
}
