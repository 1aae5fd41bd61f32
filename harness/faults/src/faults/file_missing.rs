//! Fault `file-missing`: a file is missing, or a folder with everything in it.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileMissing>(
    "file-missing",
    "a file is missing, or a folder with everything in it",
    r"{ path = 'C:\Windows\Temp\setup.log' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileMissing {
    /// The file or folder.
    path: FilePath,
}

impl Fault for FileMissing {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = self.path.as_path();
        let gone = machine.files.keys().filter(|file| file.is_within(path));
        let files = machine.field().files();
        let changes: Vec<Change> =
            gone.map(|file| files.clone().at(file.clone()).removed()).collect();
        if changes.is_empty() {
            return Err(NotApplicable::lacks(machine.name(), "file", path));
        }
        Ok(changes)
    }
}
