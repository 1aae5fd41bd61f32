//! Remedy `register-with-new-credentials`.

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
    ActionSpec::<dyn Remedy>::new::<RegisterWithNewCredentials>(
        "register-with-new-credentials",
        "registers the installed agent with the newest credentials file",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegisterWithNewCredentials {}

#[async_trait]
impl Remedy for RegisterWithNewCredentials {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::succeed(live, Operation::Register).await
    }
}
