//! Fault `dotnet-version`: another version of the .NET Framework is installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::secure_channel::{self, DotnetVersion as Version};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::setting::Setting;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
