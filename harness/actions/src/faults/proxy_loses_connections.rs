//! Fault `proxy-loses-connections`: connections to a proxy are cut, stall or are slow, counted from the fault on.

use marslab_model::world::Impairment;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::{HostAndPort, NonEmptyVec};

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyLosesConnections>(
    "proxy-loses-connections",
    "the proxy's connections, or its answers, are cut, stalled or slowed: the third, the next two, from some byte on",
    r#"{ impairments = [{ from-connection = 3, times = 1, after-bytes = 64, what = "reset" }] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyLosesConnections {
    /// What happens to which connections or requests; the first entry that applies decides.
    #[serde(alias = "mishaps")]
    impairments: NonEmptyVec<Impairment>,
    /// The proxy's address; the world's only proxy where there is none.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyLosesConnections {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let field = edit::proxy::field(world, self.proxy.as_ref())?;
        Ok(vec![field.impairments().set(self.impairments.as_slice())])
    }
}
