//! Fault `system-proxy`: Windows uses a proxy for the SYSTEM account.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::LanProxy;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::HostAndPort;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<SystemProxy>(
    "system-proxy",
    "the proxy in the LAN settings of the SYSTEM account, on or off",
    r#"{ address = "10.0.0.5:8081" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SystemProxy {
    /// The proxy's address; nothing needs to listen there. Without an address, the proxy is off.
    address: Option<HostAndPort>,
    /// The proxy's address for HTTPS. Default: `address`.
    https_address: Option<HostAndPort>,
    /// Hosts that bypass the proxy: names, which may contain `*`, or `<local>` for names without a dot.
    #[serde(default)]
    exceptions: Vec<String>,
    /// Whether the proxy is off, with only its details left behind.
    #[serde(default)]
    switched_off: bool,
    /// Whether the users' LAN settings are the same.
    #[serde(default)]
    for_users_too: bool,
}

impl Fault for SystemProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let users = machine.accounts.values().filter(|_| self.for_users_too);
        let sids = users.map(|account| account.sid.as_str()).chain([edit::SYSTEM_SID]);
        let Some(address) = &self.address else {
            if self.https_address.is_some() || !self.exceptions.is_empty() || self.switched_off {
                return Err(NotApplicable::Parameters("also give the proxy's `address`"));
            }
            return Ok(sids.flat_map(|sid| edit::proxy::no_lan_proxy(machine, sid)).collect());
        };
        let address = address.as_address();
        let server = match &self.https_address {
            Some(https) => format!("http={address};https={}", https.as_address()),
            None => address.to_string(),
        };
        let exceptions = self.exceptions.clone();
        let proxy = LanProxy { server, exceptions, is_on: !self.switched_off };
        Ok(sids.flat_map(|sid| edit::proxy::lan_proxy(machine, sid, &proxy)).collect())
    }
}
