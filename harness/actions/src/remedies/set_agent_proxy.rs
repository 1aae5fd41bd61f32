//! Remedy `set-agent-proxy`.

use std::str::FromStr;

use async_trait::async_trait;
use marslab_model::Address;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use crate::value_types::HostAndPort;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetAgentProxy>(
    "set-agent-proxy",
    "configures the agent to use a proxy of the network",
    r#"{ address = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetAgentProxy {
    /// The proxy's address. Default: the only proxy.
    address: Option<HostAndPort>,
}

#[async_trait]
impl Remedy for SetAgentProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let name = edit::proxy::named(&world, self.address.as_ref())?;
        let address = Address::from_str(name.as_str())?;
        administrator::make(live, &edit::proxy::agent_proxy(edit::machine(&world)?, &address))
    }
}
