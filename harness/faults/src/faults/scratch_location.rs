//! Fault `scratch-location`: the registry names another scratch folder.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ScratchLocation>(
    "scratch-location",
    "the `ScratchLocation` values in the agent's two registry keys; no file is copied or moved",
    r"{ config = 'D:\Scratch' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScratchLocation {
    /// The folder in the key `Config`. Default: unchanged.
    config: Option<FilePath>,
    /// The folder in the key `Config\CloudBackupProvider`. Default: unchanged.
    provider: Option<FilePath>,
}

impl Fault for ScratchLocation {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let values = [(edit::CONFIG, &self.config), (edit::PROVIDER, &self.provider)];
        let set = |(key, folder): (&str, &Option<FilePath>)| {
            let folder = folder.as_ref()?.as_path().as_str();
            Some(edit::registry(machine, key.into(), [(edit::SCRATCH, folder.into())]))
        };
        let changes: Vec<Change> = values.into_iter().filter_map(set).flatten().collect();
        if changes.is_empty() {
            return Err(NotApplicable::Parameters("give `config`, `provider` or both"));
        }
        Ok(changes)
    }
}
