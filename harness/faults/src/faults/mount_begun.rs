//! Fault `mount-begun`: a restore has started to mount a recovery point and has not finished.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<MountBegun>(
    "mount-begun",
    "a restore started to mount a recovery point some minutes ago and has not finished",
    "{ minutes = 10 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MountBegun {
    /// How long it has been running, in minutes. That much time passes; the agent unmounts a volume after some hours.
    minutes: Whole<u32, 0, 600>,
}

impl Fault for MountBegun {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let full_name = edit::full_name(machine);
        let points = world.cloud.vaults.values().flat_map(|vault| &vault.recovery_points);
        let own = points.filter(|(_, point)| point.machine == full_name);
        let newest = own.max_by_key(|(_, point)| point.at).map(|(id, _)| id.as_str());
        let point = newest.map_or_else(|| world.cast.guid(GONE), str::to_owned);
        let value = [("MountInProgress", point.into())];
        let mut changes = edit::registry(machine, edit::PROVIDER.into(), value);
        if self.minutes.get() > 0 {
            changes.push(Change::Elapse { seconds: self.minutes.get() * 60 });
        }
        Ok(changes)
    }
}

/// What has an ID, but is no longer there.
const GONE: &str = "a recovery point that the vault no longer has";
