//! Fault `dotnet-version`: another version of the .NET Framework is installed.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::edit::secure_channel::{self, DotnetVersion as Version};
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::setting::Setting;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<DotnetVersion>(
    "dotnet-version",
    "the installed version of the .NET Framework",
    r#"{ version = "4.6.1" }"#,
);

/// The same as a setting.
pub(crate) const SETTING: ActionSpec<dyn Setting> =
    ActionSpec::<dyn Setting>::new::<DotnetVersion>(SPEC.name, SPEC.summary, SPEC.example);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DotnetVersion {
    /// The version.
    version: Version,
}

impl Fault for DotnetVersion {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(secure_channel::install_dotnet(edit::machine(world)?, self.version))
    }
}
