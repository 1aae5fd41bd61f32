//! Fault `mount-begun`: somebody's restore has begun to mount a recovery point and has not come to its end.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use marslab_base::MACHINE;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<MountBegun>(
    "mount-begun",
    "a restore has begun to mount a recovery point of the machine some minutes ago and has not ended",
    "{ minutes = 10 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MountBegun {
    /// For how many minutes it has been running: as many pass.
    #[schemars(range(min = 0, max = 600))]
    minutes: u32,
}

impl Fault for MountBegun {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if self.minutes > MINUTES_MAX {
            return Err(NotApplicable(format!("minutes must be at most {MINUTES_MAX}")));
        }
        let machine = edit::machine(world)?;
        let full_name = edit::full_name(machine, MACHINE);
        let points = world.cloud.vaults.values().flat_map(|vault| &vault.recovery_points);
        let own = points.filter(|(_, point)| point.machine == full_name);
        let newest = own.max_by_key(|(_, point)| point.at).map(|(id, _)| id.as_str());
        let point = newest.unwrap_or(NO_POINT);
        let value = [("MountInProgress", point.into())];
        let mut changes = edit::registry(machine, MACHINE, edit::PROVIDER.into(), value);
        if self.minutes > 0 {
            changes.push(Change::Elapse { seconds: self.minutes * 60 });
        }
        Ok(changes)
    }
}

/// A mounted volume is taken away after hours at the latest (mars-facts E8).
const MINUTES_MAX: u32 = 600;

/// What the agent would have noted of a point that the vault does not have any more.
const NO_POINT: &str = "00000000-0000-4000-8000-000000000000";
