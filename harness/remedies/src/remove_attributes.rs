//! Remedy `remove-attributes`.

use std::collections::BTreeSet;

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_live::Live;
use marslab_model::Change;
use marslab_model::world::FileAttribute;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RemoveAttributes>(
    "remove-attributes",
    "decompresses and decrypts a folder and everything in it",
    r"{ path = 'C:\Windows\Temp' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RemoveAttributes {
    /// The folder.
    path: FilePath,
}

#[async_trait]
impl Remedy for RemoveAttributes {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let (machine, top) = (edit::machine(&world)?, self.path.as_path());
        let kept = |attributes: &BTreeSet<FileAttribute>| -> BTreeSet<FileAttribute> {
            attributes.iter().copied().filter(|it| !REMOVED.contains(it)).collect()
        };
        let field = machine.field();
        let folders = machine.folder_attributes.iter().filter(|(path, _)| path.is_within(top));
        let mut changes: Vec<Change> = folders
            .map(|(path, attributes)| {
                field.clone().folder_attributes().at(path.clone()).set(kept(attributes))
            })
            .collect();
        let files = machine.files.iter().filter(|(path, _)| path.is_within(top));
        changes.extend(files.map(|(path, file)| {
            field.clone().files().at(path.clone()).attributes().set(kept(&file.attributes))
        }));
        administrator::make(live, &changes)
    }
}

/// What `compact /u` and `cipher /d` take away, and what a copy of a sparse file has no more.
const REMOVED: [FileAttribute; 3] =
    [FileAttribute::Compressed, FileAttribute::Encrypted, FileAttribute::Sparse];
