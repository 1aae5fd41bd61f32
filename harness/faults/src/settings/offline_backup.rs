//! Setting `offline-backup`: the first backup will be shipped to Azure on disks.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::world::Software;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<OfflineBackup>(
    "offline-backup",
    "an offline backup is set up with the other server as the copy computer; both computers have Azure PowerShell 3.7.0",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OfflineBackup {}

impl Setting for OfflineBackup {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        // Both values are the lab's own: where the agent keeps an offline backup is not documented.
        let copy_computer = &world.cast.other_machine;
        let values = [
            ("OfflineCopyComputer", copy_computer.as_str().into()),
            ("OfflineStagingLocation", format!(r"\\{copy_computer}\staging").into()),
        ];
        let mut changes = edit::registry(machine, edit::CONFIG.into(), values);
        for name in [machine.name(), copy_computer] {
            let software = Field::world().machines().at(name.clone()).software();
            let installed = Software { version: "3.7.0".to_owned() };
            changes.push(software.at(edit::AZURE_POWERSHELL).set(installed));
        }
        Ok(changes)
    }
}
