use marslab_model::Name;
use marslab_model::world::{Language, Task};

use crate::window::Window;

const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

fn task(machine: &mut marslab_model::world::Machine) -> &mut Task {
    machine.tasks.get_mut(&Name::new(TASK)).unwrap()
}

#[tokio::test]
async fn a_list_follows_the_world() {
    let mut window = Window::with(|_| {});
    let line = format!("schtasks /query /tn {TASK} /v /fo LIST");
    let text = window.text(&line).await;
    assert!(
        text.starts_with(
            "\nFolder: \\Microsoft\\OnlineBackup\nHostName:                             SRV01\n"
        ),
        "{text}"
    );
    let has = |text: &str, label: &str, value: &str| {
        assert!(
            text.contains(&format!("\n{:<38}{value}\n", format!("{label}:"))),
            "{label}: {text}"
        );
    };
    has(&text, "Last Run Time", "11/30/1999 12:00:00 AM");
    has(&text, "Last Result", "267011");
    has(&text, "Run As User", "SYSTEM");
    has(&text, "Status", "Ready");
    has(&text, "Start Time", "9:00:00 PM");
    let mut window = Window::with(|machine| {
        let it = task(machine);
        it.account = Name::new("CORP\\operator");
        it.trigger.enabled = false;
        it.last_result = 0x8007_0569;
    });
    let text = window.text(&line).await;
    has(&text, "Run As User", "CORP\\operator");
    has(&text, "Next Run Time", "N/A");
    has(&text, "Last Result", "-2147023511");
    assert!(
        window
            .text(&format!("schtasks /query /tn {TASK} /xml"))
            .await
            .contains("<Enabled>false</Enabled>\n      <ScheduleByDay>")
    );
}

#[tokio::test]
async fn tables_and_csv() {
    let mut window = Window::with(|_| {});
    let table = window.text("schtasks /query").await;
    assert!(
        table.contains(
            "\nTaskName                                 Next Run Time          Status         \n"
        ),
        "{table}"
    );
    assert!(table.contains("\nMicrosoft-OnlineBackup "), "{table}");
    let csv = window.text(&format!("schtasks /query /tn {TASK} /fo csv")).await;
    assert!(
        csv.starts_with("\"TaskName\",\"Next Run Time\",\"Status\"\n\"\\Microsoft\\OnlineBackup"),
        "{csv}"
    );
    window.text(&format!("schtasks /query /tn {TASK} /v /fo table /nh")).await;
}

#[tokio::test]
async fn a_task_is_disabled_and_enabled() {
    let mut window = Window::speaking(Language::Japanese);
    let text = window.text(&format!("schtasks /change /tn {TASK} /disable")).await;
    assert!(text.starts_with("成功:"), "{text}");
    assert!(!task(&mut window.machine()).enabled);
    window.text(&format!("schtasks /Change /TN {TASK} /ENABLE")).await;
    assert!(task(&mut window.machine()).enabled);
}

#[tokio::test]
async fn what_is_not_there() {
    let mut window = Window::with(|_| {});
    let text = window.failure(r"schtasks /query /tn \Microsoft\OnlineBackup\Nope", 1).await;
    assert_eq!(text, "ERROR: The system cannot find the file specified.\n");
    let text = window.failure(r"schtasks /query /tn \Nope\Nope", 1).await;
    assert_eq!(text, "ERROR: The system cannot find the path specified.\n");
    let text = window.failure(r"schtasks /change /tn Nope /enable", 1).await;
    assert!(text.contains("The specified task name \"\\Nope\" does not exist"), "{text}");
    assert!(
        window
            .failure("schtasks /query /frob", 1)
            .await
            .contains("Invalid argument/option - '/frob'")
    );
}

#[tokio::test]
async fn trigger_account_and_run() {
    let mut window = Window::with(|machine| {
        let it = task(machine);
        it.trigger.enabled = false;
        it.account = Name::new("CORP\\operator");
    });
    window.text(&format!("schtasks /run /tn {TASK}")).await;
    let before = task(&mut window.machine()).clone();
    assert!(before.last_run.is_some() && before.last_result != 0, "{before:?}");
    window.text(&format!("schtasks /change /tn {TASK} /st 21:00 /ru SYSTEM")).await;
    let after = task(&mut window.machine()).clone();
    assert!(after.trigger.enabled && after.account == Name::new("SYSTEM"));
    assert!(
        window
            .text(&format!("schtasks /run /tn {TASK}"))
            .await
            .starts_with("SUCCESS: Attempted to run")
    );
    assert_eq!(task(&mut window.machine()).last_result, 0);
    window.failure(&format!("schtasks /change /tn {TASK}"), 1).await;
    window.failure(&format!("schtasks /change /tn {TASK} /st 25:00"), 1).await;
    window.text(&format!("schtasks /change /tn {TASK} /disable")).await;
    assert_eq!(
        window.failure(&format!("schtasks /run /tn {TASK}"), 1).await,
        "ERROR: The task is disabled.\n"
    );
}
