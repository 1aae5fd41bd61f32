use marslab_model::Name;
use marslab_model::world::EventRecord;

use crate::window::Window;

#[tokio::test]
async fn records_newest_first_and_by_number() {
    let mut window = Window::with(|machine| {
        let record = |id, message: &str| EventRecord {
            at: "2019-05-21T12:00:00Z".parse().unwrap(),
            id,
            source: "CloudBackup".to_owned(),
            message: message.to_owned(),
        };
        let records = vec![record(1, "begun"), record(11, "failed <x>"), record(3, "done")];
        machine.events.insert(Name::new("CloudBackup"), records);
    });
    assert!(window.text("wevtutil el").await.contains("CloudBackup\n"));
    let text = window.text("wevtutil qe CloudBackup /c:1 /rd:true /f:text").await;
    assert!(text.starts_with("Event[0]:\n  Log Name: CloudBackup\n  Source: CloudBackup\n  Date: 2019-05-21T21:00:00.000\n  Event ID: 3\n"), "{text}");
    assert!(text.ends_with("  Description: \ndone\n\n"));
    let xml = window.text("wevtutil qe CloudBackup \"/q:*[System[(EventID=11)]]\"").await;
    assert!(
        xml.contains("<EventID>11</EventID>")
            && xml.contains("failed &lt;x&gt;")
            && xml.lines().count() == 1
    );
    assert_eq!(
        window.failure("wevtutil qe Nope", 15_007).await,
        "The specified channel could not be found.\n\nFailed to open event query.\nThe specified channel could not be found.\n"
    );
    let system = window.failure("wevtutil qe System", 15_007).await;
    assert!(system.contains("not part of the lab"), "{system}");
    assert!(window.failure("wevtutil qe", 87).await.starts_with("Required argument(s)"));
    window.failure("wevtutil frob", 87).await;
    window.failure("wevtutil qe CloudBackup /frob:1", 87).await;
}
