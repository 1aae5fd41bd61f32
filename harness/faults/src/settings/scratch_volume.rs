//! Setting `scratch-volume`: the scratch folder is on a volume of its own.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::FilePath;
use marslab_model::world::Volume;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
        let letter = edit::free_letter(machine, folder)?;
        let volume = Volume::ntfs(100 * world.cast.unit, 100 * world.cast.unit);
        let mut changes = vec![machine.field().volumes().at(letter).set(volume)];
        for key in [edit::CONFIG, edit::PROVIDER] {
            let value = [(edit::SCRATCH, folder.as_str().into())];
            changes.extend(edit::registry(machine, key.into(), value));
        }
        Ok(changes)
    }
}
