//! Remedy `move-scratch-folder`: the steps of mars-facts 5.3.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_base::INSTALL;
use marslab_live::Live;
use marslab_model::host::HostControl;
use marslab_model::world::{Machine, RegValue, ServiceState};
use marslab_model::{Account, KeyPath, Name, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<MoveScratchFolder>(
    "move-scratch-folder",
    "moves the scratch folder by the documented steps: stop the engine, copy, set both registry values, start it",
    r#"{ to = 'D:\Scratch' }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MoveScratchFolder {
    /// The new folder.
    to: FilePath,
}

#[async_trait]
impl Remedy for MoveScratchFolder {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let from = folder_with_key(&machine, self.to.as_path());
        let from = from.ok_or(NotApplicable::State("no folder contains OnlineBackup.KEK"))?;
        let to = self.to.as_path();
        let service = machine.field().services().at("obengine").state();
        live.apply(&service.clone().set(ServiceState::Stopped))?;
        let inside = |(path, _): &(&WinPath, _)| path.is_within(&from) && !path.is_within(to);
        for (path, file) in machine.files.iter().filter(inside) {
            let rest = path.as_str().get(from.as_str().len()..).unwrap_or_default();
            let copy = WinPath::new(format!("{to}{rest}"));
            live.host()
                .write_file(&Account::System, &copy, file.content.bytes(), file.size)
                .map_err(|error| RemedyError::file("copy to", &copy, error))?;
        }
        for key in [edit::CONFIG, edit::PROVIDER] {
            let value = [(edit::SCRATCH, to.as_str().into())];
            administrator::make(live, &edit::registry(machine, key.into(), value))?;
        }
        live.apply(&service.set(ServiceState::Running))?;
        Ok(())
    }
}

/// The folder to copy: the first that holds the key file of those that the registry names, the installer's default, and
/// the new one, to which it may have been copied already.
fn folder_with_key(machine: &Machine, to: &WinPath) -> Option<WinPath> {
    let named = [edit::PROVIDER, edit::CONFIG].into_iter().filter_map(|key| {
        let values = machine.registry.get(&KeyPath::new(key))?;
        match values.get(&Name::new(edit::SCRATCH))? {
            RegValue::Text(folder) => Some(WinPath::new(folder.trim_end_matches('\\'))),
            RegValue::Number(_) | RegValue::Binary(_) => None,
        }
    });
    let usual = WinPath::new(INSTALL).join("Scratch");
    let holds_key = |folder: &WinPath| machine.files.contains_key(&folder.join("OnlineBackup.KEK"));
    named.chain([usual, to.clone()]).find(holds_key)
}
