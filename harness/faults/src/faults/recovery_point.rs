//! Fault `recovery-point`: the vault holds a backup from an earlier registration of the server.

use jiff::SignedDuration;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::registration;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::world::RecoveryPoint;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<Point>(
    "recovery-point",
    "the vault holds an older backup of the server, made with another passphrase",
    r#"{ passphrase = "the passphrase of the first registration", days-ago = 30 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Point {
    /// The passphrase that it was made with. The vault keeps only a verifier of it.
    passphrase: String,
    /// The age of the backup, in days.
    days_ago: Whole<u16, 0, 3650>,
}

impl Fault for Point {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = registration::own_name(edit::machine(world)?);
        let ago = SignedDuration::from_hours(24 * i64::from(self.days_ago.get()));
        let point = RecoveryPoint {
            machine,
            at: world.now.saturating_sub(ago).unwrap_or(world.now),
            bytes: BYTES,
            key_verifier: marslab_agent::key_verifier(&self.passphrase),
        };
        let vaults = Field::world().cloud().vaults();
        Ok(vec![
            vaults
                .at(world.cast.vault.clone())
                .recovery_points()
                .at(world.cast.guid(POINT))
                .set(point),
        ])
    }
}

/// The size of the base world's data.
const BYTES: u64 = 200 << 30;

/// What has an ID.
const POINT: &str = "the recovery point of the first registration";
