//! Remedy `allow-at-proxy`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::HostAndPort;
use marslab_live::Live;
use marslab_model::Field;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<AllowAtProxy>(
    "allow-at-proxy",
    "allows the article's URLs and address ranges at the proxy",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowAtProxy {
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

#[async_trait]
impl Remedy for AllowAtProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let name = edit::proxy::named(&world, self.proxy.as_ref())?;
        let mut allows = edit::required(&world)?;
        if let Some(proxy) = world.network.proxies.get(&name) {
            allows.extend_from_slice(&proxy.allows);
        }
        live.apply(&Field::world().network().proxies().at(name).allows().set(allows))?;
        Ok(())
    }
}
