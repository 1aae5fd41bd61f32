//! Remedy `restart-server`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Change;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<RestartServer>("restart-server", "restarts Windows", "{}");

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestartServer {}

#[async_trait]
impl Remedy for RestartServer {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        live.apply(&Change::Restart { machine: live.machine_name().clone() })?;
        Ok(())
    }
}
