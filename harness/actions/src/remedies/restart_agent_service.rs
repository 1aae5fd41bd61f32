//! Remedy `restart-agent-service`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RestartAgentService>(
    "restart-agent-service",
    "restarts the agent's service in the Services console",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestartAgentService {}

#[async_trait]
impl Remedy for RestartAgentService {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::restart_service(live, "obengine")
    }
}
