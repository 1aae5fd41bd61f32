//! Fault `registry-value-removed`: a registry value is missing.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::RegistryKey;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<RegistryValueRemoved>(
    "registry-value-removed",
    "a registry value is missing",
    r"{ key = 'HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config', name = 'ScratchLocation' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegistryValueRemoved {
    /// The key.
    key: RegistryKey,
    /// The value's name.
    name: Name,
}

impl Fault for RegistryValueRemoved {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let key = self.key.as_key();
        let values = edit::machine(world)?.get().registry.get(key);
        if !values.is_some_and(|values| values.contains_key(&self.name)) {
            return Err(NotApplicable::lacks(key, "value", &self.name));
        }
        let key = edit::machine_field(world).registry().at(key.clone());
        Ok(vec![key.at(self.name.clone()).removed()])
    }
}
