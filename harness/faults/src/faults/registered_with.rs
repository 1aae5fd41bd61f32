//! Fault `registered-with`: someone else has registered the server with a vault.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::Registration;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<RegisteredWith>(
    "registered-with",
    "the server is registered with this vault",
    r#"{ vault = "vault-west" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegisteredWith {
    /// The vault.
    vault: Name,
}

impl Fault for RegisteredWith {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let vaults = &world.cloud.vaults;
        let vault = vaults.get(&self.vault);
        let vault = vault.ok_or_else(|| NotApplicable::missing("vault", &self.vault))?;
        let full_name = edit::full_name(machine);
        let elsewhere = vaults
            .iter()
            .find(|(name, it)| **name != self.vault && it.machines.contains_key(&full_name));
        let machine_id = world.cast.guid(SERVER);
        let mut changes = Vec::new();
        if let Some((other, _)) = elsewhere {
            let machines = Field::world().cloud().vaults().at(other.clone()).machines();
            changes.push(machines.at(full_name.clone()).removed());
        }
        let registration = Registration {
            machine_id: machine_id.clone(),
            certificate: String::new(),
            key_verifier: String::new(),
            activated: true,
        };
        let machines = Field::world().cloud().vaults().at(self.vault.clone()).machines();
        changes.push(machines.at(full_name).set(registration));
        let values = [
            ("MachineId", machine_id.into()),
            ("ServiceResourceName", self.vault.as_str().into()),
            ("ResourceId", vault.resource_id.to_string().into()),
            ("ResourceGroupName", vault.resource_group.as_str().into()),
            ("SubscriptionId", vault.subscription.as_str().into()),
        ];
        changes.extend(edit::registry(machine, edit::CONFIG.into(), values));
        Ok(changes)
    }
}

/// What has an ID in that vault.
const SERVER: &str = "the server in the other vault";
