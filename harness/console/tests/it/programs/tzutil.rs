use crate::window::Window;

#[tokio::test]
async fn the_zone_is_read_and_set() {
    let mut window = Window::with(|machine| machine.clock.zone.id = "Taipei Standard Time".into());
    assert_eq!(window.text("tzutil /g").await, "Taipei Standard Time\n");
    assert_eq!(window.text("tzutil /s \"korea standard time\"").await, "");
    let zone = window.machine().clock.zone;
    assert_eq!((zone.id.as_str(), zone.utc_offset_minutes), ("Korea Standard Time", 540));
    window.failure("tzutil /s Nowhere", 0x8007_0057).await;
    window.failure("tzutil /frob", 1).await;
    assert!(
        window
            .text("tzutil /l")
            .await
            .contains("(UTC+09:00) Osaka, Sapporo, Tokyo\nTokyo Standard Time\n\n")
    );
    assert!(window.text("tzutil /l").await.contains("(UTC-03:30) Newfoundland\n"));
}
