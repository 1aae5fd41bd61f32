//! Remedy `set-agent-proxy-credentials`.

use async_trait::async_trait;
use std::str::FromStr;

use crate::administrator;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::OwnProxy;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Address;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<SetAgentProxyCredentials>(
        "set-agent-proxy-credentials",
        "configures the agent to use the proxy, with credentials that the proxy accepts",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetAgentProxyCredentials {}

#[async_trait]
impl Remedy for SetAgentProxyCredentials {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let name = edit::proxy::named(&world, None)?;
        let users = world.network.proxies.get(&name).and_then(|proxy| proxy.users.iter().next());
        let (user, password) =
            users.ok_or_else(|| NotApplicable::unsuitable(&name, "has no user accounts"))?;
        let proxy = OwnProxy::at(&Address::from_str(name.as_str())?);
        administrator::make(live, &edit::proxy::agent_proxy(edit::machine(&world)?, &proxy))?;
        let values =
            [("ProxyUser", user.as_str().into()), ("ProxyPassword", password.as_str().into())];
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &edit::registry(machine, edit::PROVIDER.into(), values))
    }
}
