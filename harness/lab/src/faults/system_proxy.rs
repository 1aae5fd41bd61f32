//! Fault `system-proxy`: Windows is set to use a proxy for the SYSTEM account.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Fault, NotApplicable};
use crate::edit;
use crate::kind::Kind;
use crate::param::HostAndPort;

pub(super) const KIND: Kind<dyn Fault> = Kind::<dyn Fault>::new::<SystemProxy>(
    "system-proxy",
    "the LAN settings of the SYSTEM account name a proxy, or none",
    r#"{ address = "10.0.0.5:8081" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SystemProxy {
    /// The address that is set. Nothing needs to listen there. Without an address the proxy is switched off.
    address: Option<HostAndPort>,
}

impl Fault for SystemProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        Ok(match &self.address {
            Some(address) => edit::system_proxy(machine, address.as_address()),
            None => edit::no_system_proxy(machine),
        })
    }
}
