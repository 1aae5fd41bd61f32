//! Remedy `move-scratch-folder`: the steps of mars-facts 5.3.

use async_trait::async_trait;
use marslab_model::host::Act;
use marslab_model::world::{RegValue, ServiceState};
use marslab_model::{Account, KeyPath, Name, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::base::MACHINE;
use crate::edit;
use crate::kind::Kind;
use crate::live::Live;
use crate::param::FilePath;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<MoveScratchFolder>(
    "move-scratch-folder",
    "moves the scratch folder by the documented steps: stop the engine, copy, set both values, start it",
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
        let key = KeyPath::new(edit::PROVIDER);
        let from = machine.registry.get(&key).and_then(|key| key.get(&Name::new(VALUE)));
        let Some(RegValue::Text(from)) = from else {
            return Err(RemedyError("the agent has no scratch folder".to_owned()));
        };
        let from = WinPath::new(from.as_str());
        let to = self.to.as_path();
        let service = edit::machine_field().services().at("obengine").state();
        live.apply(&service.clone().set(ServiceState::Stopped))?;
        for (path, file) in machine.files.iter().filter(|(path, _)| path.is_within(&from)) {
            let rest = path.as_str().get(from.as_str().len()..).unwrap_or_default();
            let copy = WinPath::new(format!("{to}{rest}"));
            live.host()
                .write_file(&Account::System, &copy, file.content.bytes(), file.size)
                .map_err(|error| RemedyError(format!("copying to `{copy}`: {error}")))?;
        }
        for key in [edit::CONFIG, edit::PROVIDER] {
            let value = [(VALUE, to.as_str().into())];
            super::make(live, &edit::registry(machine, MACHINE, key.into(), value))?;
        }
        live.apply(&service.set(ServiceState::Running))?;
        Ok(())
    }
}

/// mars-facts 5.2.
const VALUE: &str = "ScratchLocation";
