//! Remedy `restore-kek`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RestoreKek>(
    "restore-kek",
    "recreates OnlineBackup.KEK in the scratch folder by setting the passphrase again",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestoreKek {}

#[async_trait]
impl Remedy for RestoreKek {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::succeed(live, Operation::SetPassphrase).await
    }
}
