//! Remedy `use-first-passphrase`.

use async_trait::async_trait;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UseFirstPassphrase>(
    "use-first-passphrase",
    "sets the passphrase of the first registration",
    r#"{ passphrase = "the passphrase of the first registration" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UseFirstPassphrase {
    /// The passphrase.
    passphrase: String,
}

#[async_trait]
impl Remedy for UseFirstPassphrase {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        live.use_passphrase(&self.passphrase);
        administrator::succeed(live, Operation::SetPassphrase).await
    }
}
