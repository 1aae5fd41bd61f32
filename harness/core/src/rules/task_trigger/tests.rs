use marslab_model::Name;
use marslab_model::host::TaskInfo;

use super::RULE;
use crate::facts::areas;
use crate::facts::{BACKUP_TASK, SERVER_BACKUP_TASK};
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn task(change: impl FnOnce(&mut TaskInfo)) -> Machine {
    let mut machine = Machine::healthy();
    change(machine.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap());
    machine
}

#[test]
fn a_task_that_does_not_fire_is_found() {
    for machine in [task(|task| task.trigger.enabled = false), task(|task| task.enabled = false)] {
        let seen = look(&RULE, machine);
        let path = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";
        assert_cause(&seen, "task-trigger-disabled", Some(path), "enable-task-trigger");
    }
}

#[test]
fn another_task_does_not_matter() {
    assert_silent(&look(&RULE, Machine::healthy()));
    let other = Machine::healthy().with(|machine| {
        let mut task = machine.tasks[&Name::new(BACKUP_TASK)].clone();
        task.enabled = false;
        machine.tasks.insert(Name::new(SERVER_BACKUP_TASK), task);
    });
    assert_silent(&look(&RULE, other));
}

#[test]
fn without_a_task_there_is_no_trigger() {
    assert_unchecked(
        &look(&RULE, Machine::healthy().with(|machine| machine.tasks.clear())),
        areas::MACHINE,
    );
}
