//! Remedy `cancel-mount`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CancelMount>(
    "cancel-mount",
    "cancels the mount in progress in the restore wizard",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CancelMount {}

#[async_trait]
impl Remedy for CancelMount {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        live.cancel_mount();
        Ok(())
    }
}
