//! Remedy `update-backup-items`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, selection};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::{FilePath, NonEmptyVec};
use marslab_live::Live;
use marslab_model::WinPath;
use schemars::JsonSchema;
use serde::Deserialize;

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
