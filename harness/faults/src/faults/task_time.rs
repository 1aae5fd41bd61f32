//! Fault `task-time`: a scheduled task starts at another time of day.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::TimeOfDay;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TaskTime>(
    "task-time",
    "the time of day at which a scheduled task starts",
    r#"{ task = '\Microsoft\OnlineBackup\Microsoft-OnlineBackup', at = "20:00" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskTime {
    /// The task's path.
    task: Name,
    /// The local time of its daily trigger, `HH:MM`.
    at: TimeOfDay,
}

impl Fault for TaskTime {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !edit::machine(world)?.tasks.contains_key(&self.task) {
            return Err(NotApplicable::missing("task", &self.task));
        }
        let trigger = edit::machine_field(world).tasks().at(self.task.clone()).trigger();
        Ok(vec![trigger.minute_of_day().set(self.at.minute_of_day())])
    }
}
