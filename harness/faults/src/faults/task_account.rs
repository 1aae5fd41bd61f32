//! Fault `task-account`: a scheduled task runs as another account.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TaskAccount>(
    "task-account",
    "the account that a scheduled task runs as",
    r"{ task = '\Microsoft\OnlineBackup\Microsoft-OnlineBackup', account = 'CORP\operator' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskAccount {
    /// The task's path.
    task: Name,
    /// The account: `SYSTEM`, or a user such as `CORP\admin` (administrator) or `CORP\operator` (not one).
    account: Name,
}

impl Fault for TaskAccount {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !edit::machine(world)?.tasks.contains_key(&self.task) {
            return Err(NotApplicable::missing("task", &self.task));
        }
        let task = edit::machine_field(world).tasks().at(self.task.clone());
        Ok(vec![task.account().set(self.account.clone())])
    }
}
