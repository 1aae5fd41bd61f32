use marslab_model::Name;
use marslab_model::world::Update;

use crate::window::Window;

fn window() -> Window {
    Window::with(|machine| {
        let installed = "2019-03-14T12:00:00Z".parse().unwrap();
        let update = Update { security: true, installed };
        machine.os.installed_updates = [(Name::new("KB4489882"), update)].into();
    })
}

#[tokio::test]
async fn updates_are_those_of_the_machine() {
    let mut window = window();
    let text = window.text("wmic qfe").await;
    let head = "Caption                                     CSName  Description      FixComments  HotFixID   InstallDate  ";
    assert!(text.starts_with(head), "{text}");
    let row = "http://support.microsoft.com/?kbid=4489882  SRV01   Security Update               KB4489882               NT AUTHORITY\\SYSTEM  3/14/2019    ";
    assert!(text.lines().nth(1).unwrap().starts_with(row), "{text}");
    assert_eq!(window.text("wmic qfe list").await, text);
    let text = window.text("wmic qfe list brief").await;
    assert!(text.starts_with("Description      FixComments  HotFixID   InstallDate  "), "{text}");
    let text = window.text("wmic qfe get HotFixID,Description").await;
    assert_eq!(text, "Description      HotFixID   \nSecurity Update  KB4489882  \n\n");
    let text = window.text("wmic qfe where \"HotFixID='KB4489882'\" get hotfixid").await;
    assert_eq!(text, "HotFixID   \nKB4489882  \n\n");
    let text = window.text("wmic qfe where \"HotFixID='KB1'\" get hotfixid").await;
    assert_eq!(text, "No Instance(s) Available.\n");
}

#[tokio::test]
async fn programs_have_versions() {
    let mut window = window();
    let text = window.text("wmic product get name,version").await;
    assert!(
        text.starts_with("Name ") && text.contains("Microsoft Azure Recovery Services Agent"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_unknown_fails() {
    let mut window = window();
    assert!(window.failure("wmic qfe frob", 44_175).await.contains("Invalid Verb Switch."));
    assert!(window.failure("wmic qfe get Frob", 44_175).await.contains("Invalid query"));
    assert!(window.failure("wmic os get Caption", 1).await.contains("not part of the lab"));
}
