//! Remedy `allow-public-access`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::{Field, Name};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<AllowPublicAccess>(
    "allow-public-access",
    "allows access to a vault from public networks",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowPublicAccess {
    /// The vault. Default: the one that the administrator uses.
    vault: Option<Name>,
}

#[async_trait]
impl Remedy for AllowPublicAccess {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let vault = self.vault.as_ref().unwrap_or(&world.cast.vault);
        if !world.cloud.vaults.contains_key(vault) {
            return Err(NotApplicable::missing("vault", vault).into());
        }
        let vault = Field::world().cloud().vaults().at(vault.clone());
        live.apply(&vault.public_network_access().set(true))?;
        Ok(())
    }
}
