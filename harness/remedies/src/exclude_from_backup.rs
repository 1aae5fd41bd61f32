//! Remedy `exclude-from-backup`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, selection};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<ExcludeFromBackup>(
    "exclude-from-backup",
    "excludes a file or folder from the backup",
    r"{ path = 'D:\Data\scans.vhdx' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ExcludeFromBackup {
    /// The file or folder.
    path: FilePath,
}

#[async_trait]
impl Remedy for ExcludeFromBackup {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        administrator::make(live, &selection::exclude(edit::machine(&world)?, self.path.as_path()))
    }
}
