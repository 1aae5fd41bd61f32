//! Fault `volume-offline`: the disk of a volume is offline.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DriveLetter;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
