//! Remedy `update-backup-items`.

use async_trait::async_trait;
use marslab_model::WinPath;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::{self, selection};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use crate::value_types::{FilePath, NonEmptyVec};
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UpdateBackupItems>(
    "update-backup-items",
    "selects exactly these files and folders for backup",
    r"{ items = ['D:\Data'] }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UpdateBackupItems {
    /// The files and folders.
    items: NonEmptyVec<FilePath>,
}

#[async_trait]
impl Remedy for UpdateBackupItems {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let items: Vec<WinPath> =
            self.items.as_slice().iter().map(|item| item.as_path().clone()).collect();
        administrator::make(live, &selection::select(edit::machine(&world)?, &items))
    }
}
