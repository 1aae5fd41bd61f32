use marslab_model::Name;
use marslab_model::host::TriggerInfo;
use marslab_model::world::IfRunning;

use super::RULE;
use crate::facts::BACKUP_TASK;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn with(if_running: IfRunning, second: TriggerInfo) -> Machine {
    Machine::healthy().with(|machine| {
        let task = machine.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap();
        task.if_running = if_running;
        task.more_triggers.insert(Name::new("second"), second);
    })
}

const SAME: TriggerInfo = TriggerInfo { enabled: true, minute_of_day: 21 * 60 };

#[test]
fn parallel_instances_of_one_minute_are_found() {
    let seen = look(&RULE, with(IfRunning::Parallel, SAME));
    assert_cause(&seen, "task-instances-parallel", None, "start-no-second-instance");
}

#[test]
fn everything_less_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, with(IfRunning::IgnoreNew, SAME)));
    assert_silent(&look(&RULE, with(IfRunning::Parallel, TriggerInfo { enabled: false, ..SAME })));
    let later = TriggerInfo { minute_of_day: 21 * 60 + 1, ..SAME };
    assert_silent(&look(&RULE, with(IfRunning::Parallel, later)));
}
