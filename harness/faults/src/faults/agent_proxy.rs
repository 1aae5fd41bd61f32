//! Fault `agent-proxy`: the agent is set to use a proxy of its own, or none.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::OwnProxy;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::ProxyUrl;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AgentProxy>(
    "agent-proxy",
    "the agent's own proxy setting, on or off",
    r#"{ address = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AgentProxy {
    /// The proxy's address, with or without `http://`; nothing needs to listen there. Without `address` and `server`, the
    /// setting is off.
    address: Option<ProxyUrl>,
    /// In place of `address`: what `Set-OBMachineSetting` is given as `-ProxyServer`, as it stands. The product takes
    /// `http://` and a host.
    server: Option<String>,
    /// What it is given as `-ProxyPort` beside `server`. Default: the port that is set.
    port: Option<u16>,
    /// What it is given as `-BypassUrls`, the hosts that bypass the proxy: names, which may contain `*`.
    #[serde(default)]
    bypass_urls: Vec<String>,
}

impl Fault for AgentProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let bypass = self.bypass_urls.clone();
        let proxy = match (&self.address, &self.server) {
            (Some(_), Some(_)) => {
                return Err(NotApplicable::Parameters("give either `address` or `server`"));
            }
            (Some(_), None) if self.port.is_some() => {
                return Err(NotApplicable::Parameters("give `port` beside `server` only"));
            }
            (Some(address), None) => {
                OwnProxy { bypass, ..OwnProxy::at(address.as_host_and_port().as_address()) }
            }
            (None, Some(server)) => OwnProxy { server: server.clone(), port: self.port, bypass },
            (None, None) if self.port.is_some() || !bypass.is_empty() => {
                return Err(NotApplicable::Parameters("also give the proxy's `address`"));
            }
            (None, None) => return Ok(edit::proxy::clear_agent_proxy(machine)),
        };
        Ok(edit::proxy::agent_proxy(machine, &proxy))
    }
}
