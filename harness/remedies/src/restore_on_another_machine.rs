//! Remedy `restore-on-another-machine`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<RestoreOnAnotherMachine>(
        "restore-on-another-machine",
        "registers another machine with the vault and restores the server's data there",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestoreOnAnotherMachine {}

#[async_trait]
impl Remedy for RestoreOnAnotherMachine {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        live.continue_at(&world.cast.other_machine)?;
        for operation in [
            Operation::DownloadCredentials,
            Operation::Register,
            Operation::SetPassphrase,
            Operation::Activate,
        ] {
            administrator::succeed(live, operation).await?;
        }
        Ok(())
    }
}
