//! Fault `file-moved`: a file is in another folder.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileMoved>(
    "file-moved",
    "a file was moved to another folder",
    r"{ newest-in = 'C:\Windows\Temp', to = 'D:\Data' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileMoved {
    /// A folder; its newest file is moved.
    newest_in: FilePath,
    /// The folder that it is moved to.
    to: FilePath,
}

impl Fault for FileMoved {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let from = self.newest_in.as_path();
        let machine = edit::machine(world)?;
        let within = machine.files.iter().filter(|(path, _)| path.parent().as_ref() == Some(from));
        let newest = within.max_by_key(|(_, file)| file.modified);
        let (path, file) =
            newest.ok_or_else(|| NotApplicable::unsuitable(from, "contains no file"))?;
        let to = self.to.as_path().join(path.file_name());
        let absent = to.volume().filter(|letter| !machine.volumes.contains_key(letter));
        if let Some(letter) = absent {
            return Err(NotApplicable::missing("volume", &letter));
        }
        let files = machine.field().files();
        Ok(vec![files.clone().at(path.clone()).removed(), files.at(to).set(file.clone())])
    }
}
