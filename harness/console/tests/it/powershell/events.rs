use jiff::Timestamp;
use marslab_model::Name;
use marslab_model::world::EventRecord;

use crate::window::Window;

fn window() -> Window {
    Window::with(|machine| {
        let record = |minute: u32, id, source: &str, message: &str| EventRecord {
            at: format!("2019-05-21T12:{minute:02}:00Z").parse::<Timestamp>().unwrap(),
            id,
            source: source.to_owned(),
            message: message.to_owned(),
        };
        machine.events.insert(
            Name::new("CloudBackup"),
            vec![
                record(0, 1, "CloudBackup", "The backup operation has started."),
                record(9, 11, "CloudBackup", "The backup operation has completed with errors."),
            ],
        );
        let stopped =
            record(5, 7034, "Service Control Manager", "The service terminated unexpectedly.");
        machine.events.insert(Name::new("System"), vec![stopped]);
    })
}

#[tokio::test]
async fn records_are_shown_newest_first() {
    let mut window = window();
    assert_eq!(
        window.text("Get-WinEvent -LogName CloudBackup").await,
        "\n\n   ProviderName: CloudBackup\n\n\
         TimeCreated                     Id LevelDisplayName Message\n\
         -----------                     -- ---------------- -------\n\
         5/21/2019 9:09:00 PM            11                  The backup operation has completed with errors.\n\
         5/21/2019 9:00:00 PM             1                  The backup operation has started.\n\n\n"
    );
    assert_eq!(window.text("(Get-WinEvent CloudBackup -MaxEvents 1).Id").await, "11\n");
    let line = "Get-WinEvent -FilterHashtable @{LogName='System'; Id=7034; StartTime='2019-05-21 21:00'} | % Message";
    assert_eq!(window.text(line).await, "The service terminated unexpectedly.\n");
    let text = window.failure("Get-WinEvent -FilterHashtable @{LogName='System'; Id=1}", 1).await;
    assert!(
        text.contains("No events were found that match the specified selection criteria."),
        "{text}"
    );
    let text = window.failure("Get-WinEvent -LogName Nothing", 1).await;
    assert!(
        text.contains(
            "There is not an event log on the localhost computer that matches \"Nothing\"."
        ),
        "{text}"
    );
    assert!(window.text("Get-WinEvent -ListLog *").await.contains("CloudBackup"));
}

#[tokio::test]
async fn the_logs_of_old() {
    let mut window = window();
    let text = window.text("Get-EventLog -LogName System -Newest 5").await;
    assert!(
        text.contains(
            "\n   Index Time          EntryType   Source                 InstanceID Message\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "\n       1 May 21 21:05              Service Control M...         7034 The service"
        ),
        "{text}"
    );
    let text = window.failure("Get-EventLog CloudBackup", 1).await;
    assert!(text.contains("The event log 'CloudBackup' on computer '.' does not exist."), "{text}");
}

#[tokio::test]
async fn a_log_that_is_not_there_is_no_damage() {
    let mut window = Window::with(|_| {});
    let text = window.failure("Get-WinEvent -LogName Application", 1).await;
    assert!(text.contains("is not part of the lab"), "{text}");
    let text = window.failure("Get-WinEvent -LogName Nope", 1).await;
    assert!(text.contains("There is not an event log"), "{text}");
}
