//! Fault `vault-holds`: other machines are registered with the vault.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::world::Registration;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VaultHolds>(
    "vault-holds",
    "the number of machines registered with the vault",
    "{ machines = 50 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VaultHolds {
    /// The total number of machines; missing ones are added.
    machines: Whole<usize, 1, MACHINES_MAX>,
    /// The vault. Default: the administrator's own.
    vault: Option<Name>,
}

impl Fault for VaultHolds {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = self.vault.clone().unwrap_or_else(|| world.cast.vault.clone());
        let vault = world.cloud.vaults.get(&name);
        let vault = vault.ok_or_else(|| NotApplicable::missing("vault", &name))?;
        let there = vault.machines.len();
        if self.machines.get() <= there {
            return Err(NotApplicable::BadTotal {
                parameter: "machines",
                current: there,
                max: MACHINES_MAX,
            });
        }
        let machines = Field::world().cloud().vaults().at(name).machines();
        let added = there + 1..=self.machines.get();
        let add = |number| {
            let name = world.cast.pick("the branches", &["branch", "pc", "srv-store", "kiosk"]);
            let full_name = format!("{name}{number:03}.{}", world.cast.domain);
            let machine_id = world.cast.guid(&full_name);
            machines.clone().at(full_name).set(registration(machine_id))
        };
        Ok(added.map(add).collect())
    }
}

fn registration(machine_id: String) -> Registration {
    Registration {
        machine_id,
        certificate: String::new(),
        key_verifier: String::new(),
        activated: true,
    }
}

/// Far above the vault's own limit of 50.
const MACHINES_MAX: i64 = 1000;
