//! Fault `folder-attributes`: a folder is compressed, encrypted or something else, with all that is in it.

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

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FolderAttributes>(
    "folder-attributes",
    "a folder has these attributes; the files in it are compressed, encrypted and sparse as the folder is",
    r#"{ path = 'C:\Windows\Temp', attributes = ["compressed"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FolderAttributes {
    /// The folder.
    path: FilePath,
    /// The attributes.
    attributes: BTreeSet<FileAttribute>,
}

impl Fault for FolderAttributes {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let folder = self.path.as_path();
        let inside = || machine.files.iter().filter(|(path, _)| path.is_within(folder));
        if inside().all(|(path, _)| path == folder) {
            return Err(NotApplicable::missing("folder", folder));
        }
        let of_files = self.attributes.iter().copied().filter(|it| OF_FILES.contains(it));
        let of_files: BTreeSet<FileAttribute> = of_files.collect();
        let field = machine.field();
        let of_folder = field.clone().folder_attributes().at(folder.clone());
        let mut changes = vec![of_folder.set(self.attributes.clone())];
        if !of_files.is_empty() {
            changes.extend(inside().map(|(path, file)| {
                let attributes: BTreeSet<FileAttribute> =
                    file.attributes.union(&of_files).copied().collect();
                field.clone().files().at(path.clone()).attributes().set(attributes)
            }));
        }
        Ok(changes)
    }
}

/// What is done to a folder's files, too, where it is done to the folder.
const OF_FILES: [FileAttribute; 3] =
    [FileAttribute::Compressed, FileAttribute::Encrypted, FileAttribute::Sparse];
