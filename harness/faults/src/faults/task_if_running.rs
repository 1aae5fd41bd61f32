//! Fault `task-if-running`: what happens when a task is due while it is still running.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::IfRunning;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TaskIfRunning>(
    "task-if-running",
    "what Task Scheduler does when the backup task is due while it is still running",
    r#"{ rule = "parallel" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskIfRunning {
    /// The rule on the task's Settings tab.
    rule: IfRunning,
}

impl Fault for TaskIfRunning {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let path = Name::new(edit::BACKUP_TASK);
        if !edit::machine(world)?.tasks.contains_key(&path) {
            return Err(NotApplicable::missing("task", &path));
        }
        Ok(vec![edit::machine_field(world).tasks().at(path).if_running().set(self.rule)])
    }
}
