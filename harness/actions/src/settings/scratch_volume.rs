//! Setting `scratch-volume`: the scratch folder is on a volume of its own.

use std::collections::BTreeSet;

use marslab_model::world::{BitLocker, Volume, VolumeKind};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::setting::Setting;
use crate::value_types::FilePath;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<ScratchVolume>(
    "scratch-volume",
    "the agent was installed with its scratch folder on an additional volume",
    r"{ folder = 'S:\Scratch' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScratchVolume {
    /// The folder; its drive letter is that of the volume.
    folder: FilePath,
}

impl Setting for ScratchVolume {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let folder = self.folder.as_path();
        let letter = folder.volume();
        let letter =
            letter.ok_or_else(|| NotApplicable::unsuitable(folder, "is not on a volume"))?;
        if machine.volumes.contains_key(&letter) {
            return Err(NotApplicable::exists("machine", "volume", &letter));
        }
        let volume = Volume {
            size: 100 * world.cast.unit,
            free: 100 * world.cast.unit,
            kind: VolumeKind::Fixed,
            online: true,
            mapped_by: None,
            file_system: "NTFS".to_owned(),
            bitlocker: BitLocker::Off,
            shadow_storage: None,
            noted_for_repair: BTreeSet::new(),
        };
        let mut changes = vec![machine.field().volumes().at(letter).set(volume)];
        for key in [edit::CONFIG, edit::PROVIDER] {
            let value = [(edit::SCRATCH, folder.as_str().into())];
            changes.extend(edit::registry(machine, key.into(), value));
        }
        Ok(changes)
    }
}
