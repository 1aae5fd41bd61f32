//! The registry. The machine's environment shows in it where Windows keeps it.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::host::{Account, ReadError, Registry, RegistryValue};
use marslab_model::world::{Machine, RegValue};
use marslab_model::{KeyPath, Name, Tracked};

use super::FakeMachine;

impl Registry for FakeMachine {
    fn registry_value(
        &self,
        who: &Account,
        key: &KeyPath,
        name: &Name,
    ) -> Result<Option<RegistryValue>, ReadError> {
        let value = self.look(|machine| {
            let key = real_key(&machine, who, key)?;
            if key == KeyPath::new(ENVIRONMENT) {
                let value = machine.environment().at(name)?;
                return Some(RegistryValue::Text(value.get().clone()));
            }
            let value = machine.registry().at(&key)?.at(name)?;
            Some(shown(value.get()))
        });
        Ok(value.flatten())
    }

    fn registry_values(
        &self,
        who: &Account,
        key: &KeyPath,
    ) -> Result<BTreeMap<Name, RegistryValue>, ReadError> {
        let values = self.look(|machine| {
            let key = real_key(&machine, who, key)?;
            if key == KeyPath::new(ENVIRONMENT) {
                let text = |value: Tracked<'_, String>| RegistryValue::Text(value.get().clone());
                let each = machine.environment().each();
                return Some(each.map(|(name, value)| (name.clone(), text(value))).collect());
            }
            let values = machine.registry().at(&key)?.each();
            Some(values.map(|(name, value)| (name.clone(), shown(value.get()))).collect())
        });
        Ok(values.flatten().unwrap_or_default())
    }

    fn registry_subkeys(
        &self,
        who: &Account,
        key: &KeyPath,
    ) -> Result<BTreeSet<KeyPath>, ReadError> {
        let subkeys = self.look(|machine| {
            let key = real_key(&machine, who, key)?;
            let prefix = format!("{}\\", key.as_str());
            let keys = machine.registry().beginning(&prefix).map(|(key, _)| key.as_str());
            let keys = keys.chain(starts_with(ENVIRONMENT, &prefix).then_some(ENVIRONMENT));
            let depth = prefix.matches('\\').count();
            let child = |key: &str| key.split('\\').take(depth + 1).collect::<Vec<_>>().join("\\");
            Some(keys.map(|key| KeyPath::from(child(key))).collect())
        });
        Ok(subkeys.flatten().unwrap_or_default())
    }
}

impl FakeMachine {
    /// Sets a value; a key that does not exist is made.
    pub(super) fn set_value(
        &self,
        who: &Account,
        key: &KeyPath,
        name: &Name,
        value: RegistryValue,
    ) {
        let Some(key) = self.look(|machine| real_key(&machine, who, key)).flatten() else { return };
        self.edit(|machine| {
            if key == KeyPath::new(ENVIRONMENT) {
                if let RegistryValue::Text(text) = value {
                    machine.environment().insert(name.clone(), text);
                }
                return;
            }
            machine.registry().at_or_insert(key, [].into()).insert(name.clone(), kept(value));
        });
    }

    /// Removes a value; its key stays.
    pub(super) fn remove_value(&self, who: &Account, key: &KeyPath, name: &Name) {
        let Some(key) = self.look(|machine| real_key(&machine, who, key)).flatten() else { return };
        self.edit(|machine| {
            if key == KeyPath::new(ENVIRONMENT) {
                machine.environment().remove(name);
            } else {
                machine.registry().at(&key).remove(name);
            }
        });
    }
}

/// A value as a program gets it.
fn shown(value: &RegValue) -> RegistryValue {
    match value {
        RegValue::Text(text) => RegistryValue::Text(text.clone()),
        RegValue::Number(number) => RegistryValue::Number(*number),
        RegValue::Binary(content) => RegistryValue::Binary(content.clone()),
    }
}

/// A value as the world keeps it.
fn kept(value: RegistryValue) -> RegValue {
    match value {
        RegistryValue::Text(text) => RegValue::Text(text),
        RegistryValue::Number(number) => RegValue::Number(number),
        RegistryValue::Binary(content) => RegValue::Binary(content),
    }
}

/// The key that a program's name for it means: with the hive's short name, and without `HKCU`. Nothing for the hive
/// of an account that does not exist.
pub(super) fn real_key(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    key: &KeyPath,
) -> Option<KeyPath> {
    let text = key.as_str().trim_end_matches('\\');
    let (hive, below) = text.split_at(text.find('\\').unwrap_or(text.len()));
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(hive));
    let hive = if is(&["HKCU", "HKEY_CURRENT_USER"]) {
        format!("HKU\\{}", sid(machine, who)?)
    } else if is(&["HKEY_LOCAL_MACHINE"]) {
        "HKLM".to_owned()
    } else if is(&["HKEY_USERS"]) {
        "HKU".to_owned()
    } else {
        hive.to_owned()
    };
    Some(KeyPath::from(hive + below))
}

fn sid(machine: &Tracked<'_, Machine>, who: &Account) -> Option<String> {
    match who {
        Account::System => Some(SYSTEM_SID.to_owned()),
        Account::User(name) => Some(machine.clone().accounts().at(name)?.sid().get().clone()),
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.split_at_checked(prefix.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(prefix))
}

/// Where Windows keeps the machine's environment variables (mars-facts 5.8).
const ENVIRONMENT: &str = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment";

/// The security identifier of SYSTEM on every machine (mars-facts 5.8).
const SYSTEM_SID: &str = "S-1-5-18";

#[cfg(test)]
mod tests;
