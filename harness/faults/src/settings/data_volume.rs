//! Setting `data-volume`: a second volume with data is selected for backup.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, selection};
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::{FilePath, Whole};
use marslab_model::world::{File, Volume};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<DataVolume>(
    "data-volume",
    "a folder on an additional volume is selected for backup",
    r"{ folder = 'E:\Archive', gib = 20 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DataVolume {
    /// The folder; its drive letter is that of the volume.
    folder: FilePath,
    /// The size of the data, in GiB.
    gib: Whole<u8, 1, 100>,
}

impl Setting for DataVolume {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let folder = self.folder.as_path();
        let letter = edit::free_letter(machine, folder)?;
        let size = u64::from(self.gib.get()) << 30;
        let volume = Volume::ntfs(VOLUME_BYTES, VOLUME_BYTES.saturating_sub(size));
        let file = File {
            content: "".into(),
            size,
            modified: machine.boot.at,
            attributes: BTreeSet::new(),
        };
        let mut items = selection::items(&machine);
        items.push(folder.clone());
        let field = machine.field();
        let mut changes = vec![
            field.clone().volumes().at(letter).set(volume),
            field.files().at(folder.join("archive.vhdx")).set(file),
        ];
        changes.extend(selection::select(machine, &items));
        Ok(changes)
    }
}

/// Large enough for whatever a scenario puts there.
const VOLUME_BYTES: u64 = 200 << 30;
