//! Remedy `disable-file-sync-driver`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Change;
use marslab_model::world::StartType;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<DisableFileSyncDriver>(
        "disable-file-sync-driver",
        "disables the filter driver of Azure File Sync, StorageSync.sys, and restarts Windows",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DisableFileSyncDriver {}

#[async_trait]
impl Remedy for DisableFileSyncDriver {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let driver = edit::machine_field(&world).services().at("StorageSync");
        live.apply(&driver.start().set(StartType::Disabled))?;
        // A driver is loaded until Windows is restarted, which starts the agent's engine as well.
        live.apply(&Change::Restart { machine: live.machine_name().clone() })?;
        Ok(())
    }
}
