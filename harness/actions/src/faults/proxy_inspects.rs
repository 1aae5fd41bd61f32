//! Fault `proxy-inspects`: the proxy opens tunnels to look into them.

use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::HostAndPort;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyInspects>(
    "proxy-inspects",
    "the proxy looks into tunnels, with certificates of an authority of its own",
    r#"{ authority = "Contoso Inspection CA" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyInspects {
    /// The name of the root certification authority that it issues certificates in the name of. Machines do not trust it.
    authority: Name,
    /// The proxy's address; the world's only proxy where there is none.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyInspects {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let field = edit::proxy::field(world, self.proxy.as_ref())?;
        Ok(vec![field.inspects_as().set(self.authority.clone())])
    }
}
