//! Remedy `remove-machine-from-vault`.

use async_trait::async_trait;
use marslab_model::Field;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::kind::Kind;
use crate::live::Live;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<RemoveMachineFromVault>(
    "remove-machine-from-vault",
    "removes a machine that is no longer needed from the vault, in the portal",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RemoveMachineFromVault {}

#[async_trait]
impl Remedy for RemoveMachineFromVault {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let vault = live.intent().vault.clone();
        let world = live.snapshot()?;
        let own = super::full_name(live, &world)?;
        let machines = world.cloud.vaults.get(&vault).map(|vault| &vault.machines);
        let other = machines.into_iter().flatten().map(|(name, _)| name).find(|name| **name != own);
        let other =
            other.ok_or_else(|| RemedyError(format!("`{vault}` holds no other machine")))?;
        let machines = Field::world().cloud().vaults().at(vault).machines();
        live.apply(&machines.at(other.clone()).removed())?;
        Ok(())
    }
}
