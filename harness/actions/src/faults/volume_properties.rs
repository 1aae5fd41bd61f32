//! Fault `volume-properties`: a volume is of another kind, file system or BitLocker state.

use marslab_model::world::{BitLocker, VolumeKind};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DriveLetter;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VolumeProperties>(
    "volume-properties",
    "a volume is of this kind, has this file system or is in this state of BitLocker",
    r#"{ volume = "D:", kind = "removable" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VolumeProperties {
    /// The volume's letter and a colon.
    volume: DriveLetter,
    /// What the volume is; as it was where there is none.
    kind: Option<VolumeKind>,
    /// Its file system, such as `FAT32` or `ReFS`; as it was where there is none.
    file_system: Option<String>,
    /// Its BitLocker state; as it was where there is none.
    bitlocker: Option<BitLocker>,
}

impl Fault for VolumeProperties {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let letter = self.volume.as_name();
        if !edit::machine(world)?.volumes.contains_key(letter) {
            return Err(NotApplicable(format!("there is no volume `{letter}`")));
        }
        let volume = edit::machine_field().volumes().at(letter.clone());
        let kind = self.kind.map(|kind| volume.clone().kind().set(kind));
        let file_system = self.file_system.as_deref();
        let file_system = file_system.map(|name| volume.clone().file_system().set(name));
        let bitlocker = self.bitlocker.map(|state| volume.clone().bitlocker().set(state));
        let changes: Vec<Change> = [kind, file_system, bitlocker].into_iter().flatten().collect();
        if changes.is_empty() {
            let reason = "name a `kind`, a `file-system` or a state of `bitlocker`";
            return Err(NotApplicable(reason.to_owned()));
        }
        Ok(changes)
    }
}
