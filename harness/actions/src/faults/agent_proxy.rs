//! Fault `agent-proxy`: the agent is set to use a proxy of its own, or none.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::HostAndPort;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AgentProxy>(
    "agent-proxy",
    "the agent's own proxy setting, on or off",
    r#"{ address = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AgentProxy {
    /// The proxy's address; nothing needs to listen there. Without an address, the setting is off.
    address: Option<HostAndPort>,
}

impl Fault for AgentProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        Ok(match &self.address {
            Some(address) => edit::proxy::agent_proxy(machine, address.as_address()),
            None => edit::proxy::no_agent_proxy(machine),
        })
    }
}
