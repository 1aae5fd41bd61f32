//! Fault `volume-offline`: the disk of a volume is offline.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DriveLetter;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VolumeOffline>(
    "volume-offline",
    "the disk of a volume is offline or was disconnected",
    r#"{ volume = "D:" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VolumeOffline {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
}

impl Fault for VolumeOffline {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let letter = self.volume.as_name();
        if !machine.volumes.contains_key(letter) {
            return Err(NotApplicable::missing("volume", letter));
        }
        Ok(vec![machine.field().volumes().at(letter.clone()).online().set(false)])
    }
}
