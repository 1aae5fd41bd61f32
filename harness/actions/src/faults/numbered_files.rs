//! Fault `numbered-files`: a folder is full of leftover files.

use marslab_model::world::Series;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::FilePath;

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
    #[schemars(range(min = 1, max = 10_000_000))]
    count: u32,
}

impl Fault for NumberedFiles {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !(1..=COUNT_MAX).contains(&self.count) {
            return Err(NotApplicable::out_of_range("count", 1..=COUNT_MAX));
        }
        edit::machine(world)?;
        let series = Series { extension: self.extension.clone(), count: self.count };
        let folder = self.folder.as_path().clone();
        Ok(vec![edit::machine_field(world).series().at(folder).set(series)])
    }
}

/// Far above any limit of Windows on names.
const COUNT_MAX: u32 = 10_000_000;
