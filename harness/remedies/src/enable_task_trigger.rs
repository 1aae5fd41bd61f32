//! Remedy `enable-task-trigger`.

use async_trait::async_trait;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<EnableTaskTrigger>(
    "enable-task-trigger",
    "enables the trigger of the task Microsoft-OnlineBackup in Task Scheduler",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EnableTaskTrigger {}

#[async_trait]
impl Remedy for EnableTaskTrigger {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let tasks = edit::machine_field(&world).tasks();
        live.apply(&tasks.at(TASK).trigger().enabled().set(true))?;
        Ok(())
    }
}

/// mars-facts 5.7.
const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";
