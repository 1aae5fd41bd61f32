use marslab_model::Name;
use marslab_model::admin::{TaskAdmin as _, TaskError};
use marslab_model::host::{System as _, TriggerInfo};
use marslab_model::world::ServiceState;

use crate::tests::{of, with};

const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

#[test]
fn account_and_triggers_are_set() {
    let (machine, task) = (with(|_| {}), Name::new(TASK));
    let trigger = TriggerInfo { enabled: true, minute_of_day: 61 };
    assert!(machine.set_task_trigger(&task, None, &trigger));
    assert!(machine.set_task_trigger(&task, Some(&Name::new("noon")), &trigger));
    assert!(machine.set_task_account(&task, &Name::new(r"CORP\operator")));
    let info = machine.task(&task).unwrap().unwrap();
    assert_eq!(info.trigger, trigger);
    assert_eq!(info.more_triggers[&Name::new("noon")], trigger);
    assert_eq!(info.account, Name::new(r"CORP\operator"));
    let absent = Name::new(r"\Gone");
    assert!(!machine.set_task_trigger(&absent, None, &trigger));
    assert!(!machine.set_task_account(&absent, &Name::new("SYSTEM")));
}

#[test]
fn a_task_runs_at_once_unless_windows_does_not_let_it() {
    let (machine, task) = (with(|_| {}), Name::new(TASK));
    let ran = machine.run_task_now(&task).unwrap();
    assert_eq!(ran.len(), 1);
    assert_eq!(ran[0].name, "Start-OBBackup");
    assert_eq!(machine.task(&task).unwrap().unwrap().last_result, 0);
    assert_eq!(machine.run_task_now(&Name::new(r"\Gone")), Err(TaskError::Missing));
    assert!(machine.disable_task(&task));
    assert_eq!(machine.run_task_now(&task), Err(TaskError::Disabled));
    let stopped = with(|world| {
        of(world).services.get_mut(&Name::new("Schedule")).unwrap().state = ServiceState::Stopped;
    });
    assert_eq!(stopped.run_task_now(&task), Err(TaskError::NoScheduler));
}
