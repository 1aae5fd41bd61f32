//! Remedy `enable-task-trigger`.

use async_trait::async_trait;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
