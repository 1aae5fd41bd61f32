//! Fault `files-copied`: some files of a folder were copied to another.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::{FilePath, NonEmptyVec};

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FilesCopied>(
    "files-copied",
    "some files of a folder were copied to another one",
    r#"{ from = 'C:\Windows\Temp', to = 'D:\Temp', files = ["setup.log"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FilesCopied {
    /// The folder that they are in.
    from: FilePath,
    /// The folder that they are copied to.
    to: FilePath,
    /// The names of the files.
    files: NonEmptyVec<String>,
}

impl Fault for FilesCopied {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let to = self.to.as_path();
        let absent = to.volume().filter(|letter| !machine.volumes.contains_key(letter));
        if let Some(letter) = absent {
            return Err(NotApplicable::missing("volume", &letter));
        }
        let copied = self.files.as_slice().iter().map(|name| {
            let path = self.from.as_path().join(name);
            let file = machine.files.get(&path);
            let file = file.ok_or_else(|| NotApplicable::missing("file", &path))?;
            Ok(machine.field().files().at(to.join(name)).set(file.clone()))
        });
        copied.collect()
    }
}
