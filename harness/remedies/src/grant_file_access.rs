//! Remedy `grant-file-access`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<GrantFileAccess>(
    "grant-file-access",
    "removes all denials from the access list of a file or folder",
    r"{ path = 'D:\Data\scans.vhdx' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GrantFileAccess {
    /// The file or folder.
    path: FilePath,
}

#[async_trait]
impl Remedy for GrantFileAccess {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let path = self.path.as_path().clone();
        live.apply(&edit::machine_field(&world).denied().at(path).removed())?;
        Ok(())
    }
}
