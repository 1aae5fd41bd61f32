//! Fault `proxy-loses-connections`: a proxy cuts, stalls or slows connections, counted from when the fault is applied.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{HostAndPort, NonEmptyVec};
use marslab_model::world::Impairment;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyLosesConnections>(
    "proxy-loses-connections",
    "the proxy cuts, stalls or slows connections or responses, from a given one and byte on",
    r#"{ impairments = [{ from-connection = 3, times = 1, after-bytes = 64, what = "reset" }] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyLosesConnections {
    /// What happens to which connections or requests. The first entry that matches applies.
    #[serde(alias = "mishaps")]
    impairments: NonEmptyVec<Impairment>,
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyLosesConnections {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let field = edit::proxy::field(world, self.proxy.as_ref())?;
        Ok(vec![field.impairments().set(self.impairments.as_slice())])
    }
}
