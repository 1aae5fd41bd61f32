//! Fault `volume-free`: a volume has little free space.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Space;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VolumeFree>(
    "volume-free",
    "the free space on a volume",
    r#"{ volume = "C:", mib = 1024 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VolumeFree {
    /// The volume: a letter and a colon.
    volume: Name,
    /// The free space, in MiB, or as a share: `"5 % of data - 40"`, `"10 % of volume"`.
    mib: Space,
}

impl Fault for VolumeFree {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let volume = machine.volumes.get(&self.volume);
        let volume = volume.ok_or_else(|| NotApplicable::missing("volume", &self.volume))?;
        let free = self.mib.bytes(&machine, &self.volume).unwrap_or_default();
        if free > volume.size {
            return Err(NotApplicable::SmallVolume { mib: volume.size >> 20 });
        }
        let volumes = machine.field().volumes();
        Ok(vec![volumes.at(self.volume.clone()).free().set(free)])
    }
}
