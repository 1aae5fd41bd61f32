//! Remedy `install-dotnet`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::secure_channel::DotnetVersion;
use marslab_actions::edit::{self, secure_channel};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<InstallDotnet>(
    "install-dotnet",
    "installs a version of the .NET Framework",
    r#"{ version = "4.6.2" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstallDotnet {
    /// The version.
    version: DotnetVersion,
}

#[async_trait]
impl Remedy for InstallDotnet {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        administrator::make(
            live,
            &secure_channel::install_dotnet(edit::machine(&world)?, self.version),
        )
    }
}
