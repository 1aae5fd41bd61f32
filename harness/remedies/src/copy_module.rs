//! Remedy `copy-module`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::host::HostControl;
use marslab_model::{Account, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CopyModule>(
    "copy-module",
    "replaces the MSOnlineBackup folder with a copy from a machine where the agent works",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CopyModule {}

#[async_trait]
impl Remedy for CopyModule {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let other = world.cast.other_machine.clone();
        let files = world.machines.get(&other).map(|machine| &machine.files);
        let folder = WinPath::new(edit::MODULE);
        for (path, file) in files.into_iter().flatten().filter(|(path, _)| path.is_within(&folder))
        {
            live.host()
                .write_file(&Account::System, path, file.content.bytes(), file.size)
                .map_err(|error| RemedyError::file("copy", path, error))?;
        }
        Ok(())
    }
}
