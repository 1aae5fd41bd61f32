//! Fault `proxy-inspects`: the proxy inspects TLS.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::HostAndPort;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ProxyInspects>(
    "proxy-inspects",
    "the proxy inspects TLS, with certificates of its own authority",
    r#"{ authority = "Contoso Inspection CA" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProxyInspects {
    /// The name of the root certification authority that issues the proxy's certificates. Machines do not trust it.
    authority: Name,
    /// The proxy's address. Default: the only proxy.
    proxy: Option<HostAndPort>,
}

impl Fault for ProxyInspects {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let field = edit::proxy::field(world, self.proxy.as_ref())?;
        Ok(vec![field.inspects_as().set(self.authority.clone())])
    }
}
