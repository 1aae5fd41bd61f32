use marslab_model::Name;
use marslab_model::names::KeyPath;
use marslab_model::world::ServiceState;

use crate::window::Window;

#[tokio::test]
async fn a_wrong_clock_is_set_right() {
    let mut window = Window::with(|machine| machine.clock.ahead_seconds += 7_200);
    assert!(window.text("w32tm /query /status").await.contains("Source: Local CMOS Clock\n"));
    let text = window.text("w32tm /resync /force").await;
    assert_eq!(
        text,
        "Sending resync command to local computer\nThe command completed successfully.\n"
    );
    assert_eq!(window.machine().clock.ahead_seconds, 9 * 3600);
}

#[tokio::test]
async fn without_the_service_or_a_source_nothing_is_set() {
    let mut window = Window::with(|machine| {
        machine.clock.ahead_seconds += 7_200;
        machine.services.get_mut(&Name::new("W32Time")).unwrap().state = ServiceState::Stopped;
    });
    let text = window.failure("w32tm /resync", 0x8007_0426).await;
    assert_eq!(
        text,
        "The following error occurred: The service has not been started. (0x80070426)\n"
    );
    let mut window = Window::with(|machine| {
        let key = KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters");
        machine.registry.insert(key, [(Name::new("Type"), "NoSync".into())].into());
        machine.clock.ahead_seconds += 7_200;
    });
    let before = window.machine().clock.ahead_seconds;
    assert!(window.failure("w32tm /resync", 0x8007_05b4).await.contains("no time data"));
    assert_eq!(window.machine().clock.ahead_seconds, before);
    window.failure("w32tm /frob", 1).await;
    assert!(window.text("w32tm /tz").await.contains("Bias: -540min"));
}
