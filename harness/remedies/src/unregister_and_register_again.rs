//! Remedy `unregister-and-register-again`.

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
    ActionSpec::<dyn Remedy>::new::<UnregisterAndRegisterAgain>(
        "unregister-and-register-again",
        "unregisters the server from its vault and registers it again",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnregisterAndRegisterAgain {}

#[async_trait]
impl Remedy for UnregisterAndRegisterAgain {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        live.unregister().await.map_err(RemedyError::NotUnregistered)?;
        administrator::succeed(live, Operation::DownloadCredentials).await?;
        administrator::succeed(live, Operation::Register).await
    }
}
