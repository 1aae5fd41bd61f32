//! Fault `volume-properties`: a volume has another kind, file system or BitLocker state.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DriveLetter;
use marslab_model::world::{BitLocker, VolumeKind};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VolumeProperties>(
    "volume-properties",
    "the kind, file system or BitLocker state of a volume",
    r#"{ volume = "D:", kind = "removable" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VolumeProperties {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
    /// The kind of volume. Default: unchanged.
    kind: Option<VolumeKind>,
    /// The file system, such as `FAT32` or `ReFS`. Default: unchanged.
    file_system: Option<String>,
    /// The BitLocker state. Default: unchanged.
    bitlocker: Option<BitLocker>,
}

impl Fault for VolumeProperties {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let letter = self.volume.as_name();
        if !edit::machine(world)?.volumes.contains_key(letter) {
            return Err(NotApplicable::missing("volume", letter));
        }
        let volume = edit::machine_field(world).volumes().at(letter.clone());
        let kind = self.kind.map(|kind| volume.clone().kind().set(kind));
        let file_system = self.file_system.as_deref();
        let file_system = file_system.map(|name| volume.clone().file_system().set(name));
        let bitlocker = self.bitlocker.map(|state| volume.clone().bitlocker().set(state));
        let changes: Vec<Change> = [kind, file_system, bitlocker].into_iter().flatten().collect();
        if changes.is_empty() {
            let reason = "give `kind`, `file-system` or `bitlocker`";
            return Err(NotApplicable::Parameters(reason));
        }
        Ok(changes)
    }
}
