use marslab_model::world::Language;

use crate::window::Window;

#[tokio::test]
async fn the_clock_is_read_and_set() {
    let mut window = Window::speaking(Language::English);
    window.text("Set-Date '2019-05-21 21:05' | Out-Null").await;
    assert_eq!(window.text("Get-Date -Format 'yyyy-MM-dd HH:mm'").await, "2019-05-21 21:05\n");
    assert!(window.text("Get-Date").await.starts_with("\nTuesday, May 21, 2019 9:05:"));
    assert_eq!(window.text("(Get-Date).AddDays(1).Day").await, "22\n");
    window.text("Set-Date -Adjust -0:10:0 | Out-Null").await;
    assert_eq!(window.text("(Get-Date).Hour").await, "20\n");
    assert!(window.failure("Set-Date someday", 1).await.contains("System.DateTime"));
    let mut japanese = Window::speaking(Language::Japanese);
    japanese.text("Set-Date '2019-05-21 21:05' | Out-Null").await;
    assert!(japanese.text("Get-Date").await.starts_with("\n2019年5月21日 21:05:"));
}

#[tokio::test]
async fn the_zone_is_read_and_set() {
    let mut window = Window::with(|_| {});
    let text = window.text("Get-TimeZone").await;
    assert!(text.contains("Tokyo Standard Time") && text.contains("09:00:00"), "{text}");
    window.text("Set-TimeZone -Name 'taipei standard time'").await;
    assert_eq!(window.machine().clock.zone.id, "Taipei Standard Time");
    assert_eq!(window.machine().clock.zone.utc_offset_minutes, 480);
    let text = window.failure("Set-TimeZone 'Nowhere'", 1).await;
    assert!(
        text.contains("The time zone ID 'Nowhere' was not found on the local computer."),
        "{text}"
    );
}
