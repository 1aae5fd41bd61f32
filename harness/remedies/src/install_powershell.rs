//! Remedy `install-powershell`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<InstallPowerShell>(
    "install-powershell",
    "installs PowerShell 3.0 or a later version",
    r#"{ version = "5.1.14393.2848" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstallPowerShell {
    /// The version. Default: 3.0.
    version: Option<String>,
}

#[async_trait]
impl Remedy for InstallPowerShell {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let version = self.version.as_deref().unwrap_or("3.0");
        administrator::make(live, &edit::powershell(edit::machine(&world)?, version)?)
    }
}
