//! Fault `file-attributes`: a file has these attributes.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::world::FileAttribute;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
