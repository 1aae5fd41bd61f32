//! Remedy `remove-machine-from-vault`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::{Field, Name};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<RemoveMachineFromVault>(
        "remove-machine-from-vault",
        "removes a machine from the vault in the portal: an unused one, or the server's own entry",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RemoveMachineFromVault {
    /// Whether to remove the server's own earlier entry instead of an unused machine.
    #[serde(default)]
    own: bool,
}

impl RemoveMachineFromVault {
    /// What the vault lacks.
    const fn missing(&self) -> &'static str {
        if self.own {
            "has no entry of this server"
        } else {
            "has no machine beside this server; `own = true` removes the server's own entry"
        }
    }
}

#[async_trait]
impl Remedy for RemoveMachineFromVault {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let vault = live.intent().vault.clone();
        let world = live.snapshot()?;
        let own = administrator::full_name(live, &world)?;
        let machines = world.cloud.vaults.get(&vault).map(|vault| &vault.machines);
        let is_meant = |name: &&Name| (**name == own) == self.own;
        let meant = machines.into_iter().flatten().map(|(name, _)| name).find(is_meant);
        let meant = meant.ok_or_else(|| NotApplicable::unsuitable(&vault, self.missing()))?;
        let machines = Field::world().cloud().vaults().at(vault).machines();
        live.apply(&machines.at(meant.clone()).removed())?;
        Ok(())
    }
}
