use marslab_model::Name;

use crate::window::Window;

const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

#[tokio::test]
async fn tasks_are_shown_as_they_are() {
    let mut window = Window::with(|machine| {
        machine.tasks.get_mut(&Name::new(TASK)).unwrap().enabled = false;
    });
    let text = window.text("Get-ScheduledTask -TaskName Microsoft-OnlineBackup").await;
    assert!(text.contains("\nTaskPath                                       TaskName                          State\n"), "{text}");
    assert!(text.contains(r"\Microsoft\OnlineBackup\                       Microsoft-OnlineBackup            Disabled"), "{text}");
    let line = r"Get-ScheduledTask -TaskPath \Microsoft\OnlineBackup\ | Get-ScheduledTaskInfo | select LastTaskResult";
    assert_eq!(window.text(line).await, "\nLastTaskResult\n--------------\n        267011\n\n\n");
    assert_eq!(window.text("(Get-ScheduledTask *OnlineBackup).Principal.UserId").await, "SYSTEM\n");
    assert_eq!(
        window.text("(Get-ScheduledTask *OnlineBackup).Triggers[0].Enabled").await,
        "True\n"
    );
    let text = window.failure("Get-ScheduledTask -TaskName Nothing", 1).await;
    assert!(
        text.contains(
            "No MSFT_ScheduledTask objects found with property 'TaskName' equal to 'Nothing'."
        ),
        "{text}"
    );
}

#[tokio::test]
async fn tasks_are_changed() {
    let mut window = Window::with(|machine| {
        let task = machine.tasks.get_mut(&Name::new(TASK)).unwrap();
        task.enabled = false;
        task.trigger.enabled = false;
    });
    window.text(r"Get-ScheduledTask Microsoft-OnlineBackup | Enable-ScheduledTask").await;
    assert!(window.machine().tasks[&Name::new(TASK)].enabled);
    let line = "$t = New-ScheduledTaskTrigger -Daily -At 9:30pm; \
                Set-ScheduledTask -TaskName Microsoft-OnlineBackup -Trigger $t -User 'CORP\\admin' | Out-Null";
    assert_eq!(window.text(line).await, "");
    let task = window.machine().tasks[&Name::new(TASK)].clone();
    assert_eq!((task.trigger.enabled, task.trigger.minute_of_day), (true, 21 * 60 + 30));
    assert_eq!(task.account, Name::new(r"CORP\admin"));
    let text =
        window.failure("Set-ScheduledTask Microsoft-OnlineBackup -User CORP\\nobody", 1).await;
    assert!(text.contains("No mapping between account names"), "{text}");
    window.text("Disable-ScheduledTask -TaskName Microsoft-OnlineBackup").await;
    let text = window.failure("Start-ScheduledTask -TaskName Microsoft-OnlineBackup", 1).await;
    assert!(text.contains("HRESULT 0x80041326"), "{text}");
}

#[tokio::test]
async fn a_task_that_is_started_runs() {
    let mut window = Window::with(|_| {});
    window.text("Start-ScheduledTask -TaskName Microsoft-OnlineBackup").await;
    assert_eq!(window.machine().tasks[&Name::new(TASK)].last_result, 0);
}
