//! Fault `file-size`: a file has grown or shrunk.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{FilePath, Space};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileSize>(
    "file-size",
    "the size of a file; the free space on its volume changes with it",
    r"{ path = 'D:\Data\orders.mdf', mib = 163840 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileSize {
    /// The file.
    path: FilePath,
    /// Its new size, in MiB, or as a share: `"80 % of data"`.
    mib: Space,
}

impl Fault for FileSize {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = self.path.as_path();
        let file = machine.files.get(path);
        let file = file.ok_or_else(|| NotApplicable::missing("file", path))?;
        let size = self.mib.bytes(&machine, &path.volume().unwrap_or_default()).unwrap_or_default();
        let set_size = machine.field().files().at(path.clone()).size().set(size);
        let volume = path.volume().and_then(|letter| Some((machine.volumes.get(&letter)?, letter)));
        let Some((volume, letter)) = volume else { return Ok(vec![set_size]) };
        let free = volume.free.saturating_add(file.size).checked_sub(size);
        let free =
            free.ok_or_else(|| NotApplicable::unsuitable(&letter, "does not have enough space"))?;
        Ok(vec![set_size, machine.field().volumes().at(letter).free().set(free)])
    }
}
