//! Remedy `set-agent-proxy`.

use std::str::FromStr;

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::OwnProxy;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::ProxyUrl;
use marslab_live::Live;
use marslab_model::Address;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetAgentProxy>(
    "set-agent-proxy",
    "configures the agent to use a proxy of the network",
    r#"{ address = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetAgentProxy {
    /// The proxy's address, with or without `http://`. Default: the only proxy.
    address: Option<ProxyUrl>,
}

#[async_trait]
impl Remedy for SetAgentProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let named = self.address.as_ref().map(ProxyUrl::as_host_and_port);
        let name = edit::proxy::named(&world, named)?;
        let proxy = OwnProxy::at(&Address::from_str(name.as_str())?);
        administrator::make(live, &edit::proxy::agent_proxy(edit::machine(&world)?, &proxy))
    }
}
