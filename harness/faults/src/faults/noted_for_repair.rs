//! Fault `noted-for-repair`: NTFS has marked a file for repair.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<NotedForRepair>(
    "noted-for-repair",
    "NTFS has marked a damaged file for repair by `chkdsk`",
    r"{ path = 'D:\Data\orders.mdf' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NotedForRepair {
    /// The file.
    path: FilePath,
}

impl Fault for NotedForRepair {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let path = self.path.as_path();
        let machine = edit::machine(world)?;
        let volume = path.volume().filter(|_| machine.files.contains_key(path));
        let known = volume.and_then(|letter| Some((machine.volumes.get(&letter)?, letter)));
        let none = || NotApplicable::missing("file", path);
        let (volume, letter) = known.ok_or_else(none)?;
        let mut noted = volume.noted_for_repair.clone();
        noted.insert(path.clone());
        Ok(vec![machine.field().volumes().at(letter).noted_for_repair().set(noted)])
    }
}
