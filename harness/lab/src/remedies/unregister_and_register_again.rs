//! Remedy `unregister-and-register-again`.

use async_trait::async_trait;
use marslab_model::{Operation, Outcome};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::kind::Kind;
use crate::live::Live;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<UnregisterAndRegisterAgain>(
    "unregister-and-register-again",
    "unregisters the server from the vault that it is registered with, and registers it again",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnregisterAndRegisterAgain {}

#[async_trait]
impl Remedy for UnregisterAndRegisterAgain {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        match live.unregister().await {
            Outcome::Succeeded => {}
            Outcome::Failed(symptom) => return Err(RemedyError(symptom.message)),
        }
        super::succeed(live, Operation::DownloadCredentials).await?;
        super::succeed(live, Operation::Register).await
    }
}
