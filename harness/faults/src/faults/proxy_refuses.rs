//! Fault `proxy-refuses`: the proxy has a block list.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{HostAndPort, NonEmptyVec};
use marslab_model::world::Denial;
use marslab_model::{Change, Field, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyRefuses>(
    "proxy-refuses",
    "the proxy refuses hosts, wildcards or address ranges",
    r#"{ to = ["*.windows.net"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyRefuses {
    /// Hosts, wildcards such as `*.windows.net`, addresses, CIDR ranges, or `*`.
    to: NonEmptyVec<Target>,
    /// How it refuses: `page` (403), `reset` or `{ redirect = "http://portal.contoso.example/?url=%u" }`.
    #[serde(default)]
    with: Denial,
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyRefuses {
    fn targets(&self) -> &[Target] {
        self.to.as_slice()
    }

    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = edit::proxy::named(world, self.proxy.as_ref())?;
        let mut refuses = world.network.proxies.get(&name).map(|it| it.refuses.clone());
        refuses.get_or_insert_default().extend_from_slice(self.to.as_slice());
        let proxy = Field::world().network().proxies().at(name);
        Ok(vec![
            proxy.clone().refuses().set(refuses.unwrap_or_default()),
            proxy.denial().set(self.with.clone()),
        ])
    }
}
