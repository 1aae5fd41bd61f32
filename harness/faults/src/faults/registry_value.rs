//! Fault `registry-value`: a registry value is changed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::RegistryKey;
use marslab_model::world::RegValue;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<RegistryValue>(
    "registry-value",
    "the data of a registry value; key and value are created if missing",
    r"{ key = 'HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config', name = 'KeyVerifier', text = '9f3a' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegistryValue {
    /// The key.
    key: RegistryKey,
    /// The value's name.
    name: String,
    /// The data of a text (REG_SZ). Give either `text` or `number`.
    text: Option<String>,
    /// The data of a number (REG_DWORD).
    number: Option<u32>,
}

impl Fault for RegistryValue {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let value = match (&self.text, self.number) {
            (Some(text), None) => RegValue::from(text.as_str()),
            (None, Some(number)) => RegValue::Number(number),
            (Some(_), Some(_)) | (None, None) => {
                return Err(NotApplicable::Parameters("give either `text` or `number`"));
            }
        };
        let machine = edit::machine(world)?;
        let key = self.key.as_key().clone();
        Ok(edit::registry(machine, key, [(self.name.as_str(), value)]))
    }
}
