//! Remedy `start-no-second-instance`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::IfRunning;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<StartNoSecondInstance>(
        "start-no-second-instance",
        "sets the backup task not to start a new instance while it is running",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StartNoSecondInstance {}

#[async_trait]
impl Remedy for StartNoSecondInstance {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let task = edit::machine_field(&world).tasks().at(edit::BACKUP_TASK);
        live.apply(&task.if_running().set(IfRunning::IgnoreNew))?;
        Ok(())
    }
}
