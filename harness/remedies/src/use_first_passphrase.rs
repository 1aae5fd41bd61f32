//! Remedy `use-first-passphrase`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

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
