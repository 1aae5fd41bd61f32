use crate::window::Window;

#[tokio::test]
async fn the_time_is_shown_and_set() {
    let mut window = Window::with(|machine| machine.clock.ahead_seconds += 5_000);
    window.text("time 14:30:15").await;
    assert_eq!(window.text("time /t").await, "02:30 PM\n");
    assert!(window.text("time").await.starts_with("The current time is: 14:30:15.00\n"));
    window.text("time 9:05 pm").await;
    assert_eq!(window.text("time /t").await, "09:05 PM\n");
    window.text("time 12:00am").await;
    assert_eq!(window.text("time /t").await, "12:00 AM\n");
    for wrong in ["time 25:00", "time frob", "time 13 pm", "time 1:2:3:4"] {
        assert_eq!(window.failure(wrong, 1).await, "The system cannot accept the time entered.\n");
    }
}
