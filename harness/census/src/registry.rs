//! The registry.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{HostRead, KeyPath};

use super::{Aspect, Census, note};

/// Walks both hives: that of the machine, and those of its accounts.
pub(super) fn look(host: &dyn HostRead, census: &mut Census) {
    let mut keys = HIVES.map(KeyPath::new).to_vec();
    while let Some(key) = keys.pop() {
        for (name, value) in host.registry_values(&Account::System, &key).unwrap_or_default() {
            let value = match value {
                RegistryValue::Text(text) => note::text(&text),
                RegistryValue::Number(number) => number.to_string(),
                RegistryValue::Binary(content) => note::bytes(content.bytes()),
            };
            census.note(Aspect::Registry, format!(r"{key}\{name}"), value);
        }
        keys.extend(host.registry_subkeys(&Account::System, &key).unwrap_or_default());
    }
}

/// `HKCU` is a name for a part of `HKU`.
const HIVES: [&str; 2] = ["HKLM", "HKU"];
