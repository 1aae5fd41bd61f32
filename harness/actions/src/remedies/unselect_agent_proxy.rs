//! Remedy `unselect-agent-proxy`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
        administrator::make(live, &edit::proxy::no_agent_proxy(edit::machine(&live.snapshot()?)?))
    }
}
