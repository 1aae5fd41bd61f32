//! Setting `offline-backup`: the first backup will be shipped to Azure on disks.

use marslab_model::world::Software;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::setting::Setting;
use marslab_base::{MACHINE, OTHER_MACHINE};

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<OfflineBackup>(
    "offline-backup",
    "an offline backup is set up with SRV02 as the copy computer; both computers have Azure PowerShell 3.7.0",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OfflineBackup {}

impl Setting for OfflineBackup {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        // Both values are the lab's own: where the agent keeps an offline backup is not documented.
        let values = [
            ("OfflineCopyComputer", OTHER_MACHINE.into()),
            ("OfflineStagingLocation", format!(r"\\{OTHER_MACHINE}\staging").into()),
        ];
        let mut changes = edit::registry(machine, MACHINE, edit::CONFIG.into(), values);
        for name in [MACHINE, OTHER_MACHINE] {
            let software = Field::world().machines().at(Name::new(name)).software();
            let installed = Software { version: "3.7.0".to_owned() };
            changes.push(software.at(edit::AZURE_POWERSHELL).set(installed));
        }
        Ok(changes)
    }
}
