//! Keys of the registry, made and removed.

use marslab_model::admin::RegistryAdmin;
use marslab_model::host::Account;
use marslab_model::{KeyPath, Map};

use crate::FakeMachine;
use crate::registry::real_key;

impl RegistryAdmin for FakeMachine {
    fn create_registry_key(&self, who: &Account, key: &KeyPath) {
        let Some(key) = self.look(|machine| real_key(&machine, who, key)).flatten() else { return };
        self.edit(|machine| drop(machine.registry().at_or_insert(key, Map::new())));
    }

    fn remove_registry_key(&self, who: &Account, key: &KeyPath) -> bool {
        let doomed = self.look(|machine| {
            let key = real_key(&machine, who, key)?;
            let prefix = format!("{}\\", key.as_str());
            let below = machine.clone().registry().beginning(&prefix);
            let mut doomed: Vec<KeyPath> = below.map(|(key, _)| key.clone()).collect();
            if machine.registry().at(&key).is_some() {
                doomed.push(key);
            }
            Some(doomed)
        });
        let doomed = doomed.flatten().unwrap_or_default();
        self.edit(|machine| {
            for key in &doomed {
                machine.registry().remove(key);
            }
        });
        !doomed.is_empty()
    }
}
