//! Remedy `register-and-configure`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Operation;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RegisterAndConfigure>(
    "register-and-configure",
    "registers the server with a new credentials file, sets the passphrase and activates the server",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegisterAndConfigure {}

#[async_trait]
impl Remedy for RegisterAndConfigure {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        for operation in STEPS {
            administrator::succeed(live, operation).await?;
        }
        Ok(())
    }
}

/// The steps of the wizard.
const STEPS: [Operation; 4] = [
    Operation::DownloadCredentials,
    Operation::Register,
    Operation::SetPassphrase,
    Operation::Activate,
];
