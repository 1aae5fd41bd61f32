//! Fault `task-if-running`: what becomes of a task that comes due while it runs.

use marslab_model::world::IfRunning;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TaskIfRunning>(
    "task-if-running",
    "what the Task Scheduler does when the backup's task comes due while it is running",
    r#"{ rule = "parallel" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskIfRunning {
    /// The rule on the task's tab Settings.
    rule: IfRunning,
}

impl Fault for TaskIfRunning {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let path = Name::new(edit::BACKUP_TASK);
        if !edit::machine(world)?.tasks.contains_key(&path) {
            return Err(NotApplicable(format!("there is no task `{path}`")));
        }
        Ok(vec![edit::machine_field().tasks().at(path).if_running().set(self.rule)])
    }
}
