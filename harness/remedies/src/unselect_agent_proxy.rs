//! Remedy `unselect-agent-proxy`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UnselectAgentProxy>(
    "unselect-agent-proxy",
    "clears the proxy option in the registration wizard",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnselectAgentProxy {}

#[async_trait]
impl Remedy for UnselectAgentProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::make(
            live,
            &edit::proxy::clear_agent_proxy(edit::machine(&live.snapshot()?)?),
        )
    }
}
