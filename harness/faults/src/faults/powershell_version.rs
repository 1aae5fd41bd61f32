//! Fault `powershell-version`: another version of PowerShell is installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<PowerShellVersion>(
    "powershell-version",
    "the installed version of PowerShell",
    r#"{ version = "2.0" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PowerShellVersion {
    /// The version: numbers separated by dots, such as `2.0` or `5.1.14393.2848`.
    version: String,
}

impl Fault for PowerShellVersion {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::powershell(edit::machine(world)?, &self.version)
    }
}
