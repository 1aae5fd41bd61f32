use marslab_model::host::System as _;
use marslab_model::world::Language;

use crate::window::Window;

#[tokio::test]
async fn the_date_is_shown_and_set() {
    let mut window = Window::with(|_| {});
    window.text("date 05-21-2019").await;
    assert_eq!(window.text("date /t").await, "Tue 05/21/2019 \n");
    let text = window.text("date").await;
    assert!(text.starts_with("The current date is: Tue 05/21/2019 \nEnter the new date"), "{text}");
    window.text("date 12/31/2020").await;
    assert_eq!(window.text("date /t").await, "Thu 12/31/2020 \n");
    assert_eq!(
        window.failure("date 31-12-2020", 1).await,
        "The system cannot accept the date entered.\n"
    );
    let mut window = Window::speaking(Language::ChineseTraditional);
    window.text("date 2019-05-21").await;
    assert_eq!(window.text("date /t").await, "2019/05/21 週二\n");
    assert_eq!(window.live.host().zone().utc_offset_minutes, 540);
}
