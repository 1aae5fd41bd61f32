//! Fault `file-attributes`: a file has these attributes.

use std::collections::BTreeSet;

use marslab_model::world::FileAttribute;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::FilePath;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileAttributes>(
    "file-attributes",
    "a file has exactly these attributes",
    r#"{ path = 'D:\Data\scans.vhdx', attributes = ["encrypted", "sparse"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileAttributes {
    /// The file.
    path: FilePath,
    /// The attributes.
    attributes: BTreeSet<FileAttribute>,
}

impl Fault for FileAttributes {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let path = self.path.as_path();
        if !edit::machine(world)?.files.contains_key(path) {
            return Err(NotApplicable::missing("file", path));
        }
        let file = edit::machine_field(world).files().at(path.clone());
        Ok(vec![file.attributes().set(self.attributes.clone())])
    }
}
