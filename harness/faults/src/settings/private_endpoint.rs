//! Setting `private-endpoint`: a vault has a private endpoint.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<PrivateEndpoint>(
    "private-endpoint",
    "a vault has a private endpoint, whose name the network's DNS server resolves by a forwarder",
    r#"{ vault = "vault-east", address = "10.1.0.4" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PrivateEndpoint {
    /// The vault.
    vault: Name,
    /// The private endpoint's address.
    address: IpAddr,
}

impl Setting for PrivateEndpoint {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::private_endpoint::create(world, &self.vault, self.address)
    }
}
