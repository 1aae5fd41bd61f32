//! Fault `trigger-off`: the trigger of a scheduled task is disabled.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TriggerOff>(
    "trigger-off",
    "the trigger of a scheduled task is disabled",
    r"{ task = '\Microsoft\OnlineBackup\Microsoft-OnlineBackup' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TriggerOff {
    /// The task's path.
    task: Name,
}

impl Fault for TriggerOff {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !edit::machine(world)?.tasks.contains_key(&self.task) {
            return Err(NotApplicable::missing("task", &self.task));
        }
        let tasks = edit::machine_field(world).tasks();
        Ok(vec![tasks.at(self.task.clone()).trigger().enabled().set(false)])
    }
}
