//! Fault `public-access-disabled`: a vault can be used through a private endpoint only.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<PublicAccessDisabled>(
    "public-access-disabled",
    "a vault does not allow access from public networks",
    r#"{ vault = "vault-east", private-endpoint = "10.1.0.4" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PublicAccessDisabled {
    /// The vault.
    vault: Name,
    /// The address of a private endpoint that the vault gets in the same moment. Default: none.
    private_endpoint: Option<IpAddr>,
}

impl Fault for PublicAccessDisabled {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !world.cloud.vaults.contains_key(&self.vault) {
            return Err(NotApplicable::missing("vault", &self.vault));
        }
        let vault = Field::world().cloud().vaults().at(self.vault.clone());
        let mut changes = vec![vault.public_network_access().set(false)];
        if let Some(address) = self.private_endpoint {
            changes.extend(edit::private_endpoint::create(world, &self.vault, address)?);
        }
        Ok(changes)
    }
}
