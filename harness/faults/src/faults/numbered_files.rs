//! Fault `numbered-files`: a folder is full of leftover files.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{FilePath, Whole};
use marslab_model::world::Series;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<NumberedFiles>(
    "numbered-files",
    "a folder is filled with numbered files",
    r#"{ folder = 'C:\Windows\Temp', extension = "tmp", count = 60000 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumberedFiles {
    /// The folder.
    folder: FilePath,
    /// The extension of the files, without the dot.
    extension: String,
    /// The number of files.
    count: Whole<u32, 1, 10_000_000>,
}

impl Fault for NumberedFiles {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        let series = Series { extension: self.extension.clone(), count: self.count.get() };
        let folder = self.folder.as_path().clone();
        Ok(vec![edit::machine_field(world).series().at(folder).set(series)])
    }
}
