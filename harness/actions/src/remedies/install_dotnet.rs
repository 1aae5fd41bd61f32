//! Remedy `install-dotnet`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::secure_channel::DotnetVersion;
use crate::edit::{self, secure_channel};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
