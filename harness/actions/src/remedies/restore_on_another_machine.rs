//! Remedy `restore-on-another-machine`.

use async_trait::async_trait;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
