//! Remedy `install-azure-powershell`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::Software;
use marslab_model::{Field, Name};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<InstallAzurePowerShell>(
        "install-azure-powershell",
        "installs Azure PowerShell 3.7.0 on a computer of the offline backup",
        r#"{ machine = "SRV02" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstallAzurePowerShell {
    /// The computer name. Default: the customer's server.
    machine: Option<Name>,
}

#[async_trait]
impl Remedy for InstallAzurePowerShell {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = self.machine.clone().unwrap_or_else(|| world.cast.machine.clone());
        let software = Field::world().machines().at(machine).software();
        let installed = Software { version: "3.7.0".to_owned() };
        live.apply(&software.at(edit::AZURE_POWERSHELL).set(installed))?;
        Ok(())
    }
}
