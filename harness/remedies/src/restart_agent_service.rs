//! Remedy `restart-agent-service`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

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
