use marslab_model::Name;
use marslab_model::host::TaskInfo;

use super::RULE;
use crate::facts::{BACKUP_TASK, SERVER_BACKUP_TASK};
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn beside(change: impl FnOnce(&mut TaskInfo)) -> Machine {
    let mut machine = Machine::healthy();
    let mut task = machine.tasks[&Name::new(BACKUP_TASK)].clone();
    change(&mut task);
    machine.tasks.insert(Name::new(SERVER_BACKUP_TASK), task);
    machine
}

#[test]
fn two_backups_in_one_minute_are_found() {
    let seen = look(&RULE, beside(|_| {}));
    assert_cause(&seen, "schedule-conflict", None, "separate-schedules");
}

#[test]
fn separate_schedules_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, beside(|task| task.trigger.minute_of_day += 1)));
    assert_silent(&look(&RULE, beside(|task| task.trigger.enabled = false)));
    assert_silent(&look(&RULE, beside(|task| task.enabled = false)));
}
