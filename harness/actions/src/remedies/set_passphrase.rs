//! Remedy `set-passphrase`.

use async_trait::async_trait;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetPassphrase>(
    "set-passphrase",
    "sets the encryption passphrase",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetPassphrase {}

#[async_trait]
impl Remedy for SetPassphrase {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::succeed(live, Operation::SetPassphrase).await
    }
}
