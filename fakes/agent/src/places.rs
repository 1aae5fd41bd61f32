//! Where the agent keeps things, and reading the registry.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{HostControl, KeyPath, Name, WinPath};

/// The folders of the installed agent (mars-facts 5.1).
#[derive(Clone, Debug)]
pub(crate) struct Places {
    install: WinPath,
}

impl Places {
    /// As the registry's `InstallPath` says, or where the installer puts them by itself.
    pub(crate) fn read(host: &dyn HostControl) -> Self {
        let (key, name) = INSTALL_PATH;
        let install = text(host, key, name).unwrap_or_else(|| INSTALL.to_owned());
        Self { install: WinPath::new(install) }
    }

    /// The engine's program (mars-facts 5.1).
    pub(crate) fn engine(&self) -> WinPath {
        self.install.join("bin").join("cbengine.exe")
    }

    /// The current log (mars-facts 5.4).
    pub(crate) fn log(&self) -> WinPath {
        self.install.join(TEMP_FOLDER).join("CBEngineCurr.errlog")
    }

    /// The files that a backup left out (mars-facts 1.9): `LastBackupFailedFiles17af1_7_21_2020….txt`.
    pub(crate) fn failed_files(&self, name: &str) -> WinPath {
        self.install.join(TEMP_FOLDER).join(&format!("LastBackupFailedFiles{name}.txt"))
    }

    /// The history of jobs; its place and form are the lab's own, its columns those of mars-facts 5.5.
    pub(crate) fn job_history(&self) -> WinPath {
        self.install.join(TEMP_FOLDER).join("JobHistory.tsv")
    }
}

/// A file in one of a user's folders (`Downloads`, `Documents`).
pub(crate) fn user_folder(user: &Name, folder: &str) -> WinPath {
    let account = user.as_str();
    let name = account.rsplit_once('\\').map_or(account, |(_domain, name)| name);
    WinPath::new(r"C:\Users").join(name).join(folder)
}

/// A text that SYSTEM reads from the registry; `None` for an absent or empty value, or one of another type.
pub(crate) fn text(host: &dyn HostControl, key: &str, name: &str) -> Option<String> {
    text_as(host, &Account::System, key, name)
}

/// A text that an account reads from the registry; `HKCU` is its own hive.
pub(crate) fn text_as(
    host: &dyn HostControl,
    who: &Account,
    key: &str,
    name: &str,
) -> Option<String> {
    match value_as(host, who, key, name)? {
        RegistryValue::Text(text) => Some(text).filter(|text| !text.is_empty()),
        RegistryValue::Number(_) | RegistryValue::Binary(_) => None,
    }
}

/// A number that SYSTEM reads from the registry.
pub(crate) fn number(host: &dyn HostControl, key: &str, name: &str) -> Option<u32> {
    number_as(host, &Account::System, key, name)
}

/// A number that an account reads from the registry; `HKCU` is its own hive.
pub(crate) fn number_as(
    host: &dyn HostControl,
    who: &Account,
    key: &str,
    name: &str,
) -> Option<u32> {
    match value_as(host, who, key, name)? {
        RegistryValue::Number(number) => Some(number),
        RegistryValue::Text(_) | RegistryValue::Binary(_) => None,
    }
}

/// A value that cannot be read is none to the agent.
fn value_as(host: &dyn HostControl, who: &Account, key: &str, name: &str) -> Option<RegistryValue> {
    host.registry_value(who, &KeyPath::new(key), &Name::new(name)).ok().flatten()
}

/// Sets a value of the registry as SYSTEM.
pub(crate) fn set(host: &dyn HostControl, key: &str, name: &str, value: impl Into<RegistryValue>) {
    let (key, name) = (KeyPath::new(key), Name::new(name));
    host.set_registry_value(&Account::System, &key, &name, value.into());
}

/// Removes a value of the registry as SYSTEM.
pub(crate) fn remove(host: &dyn HostControl, key: &str, name: &str) {
    host.remove_registry_value(&Account::System, &KeyPath::new(key), &Name::new(name));
}

/// The registry key and value that say where the agent is installed (mars-facts 5.2).
pub const INSTALL_PATH: (&str, &str) =
    (r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup", "InstallPath");

/// The folder of the agent's logs, below that in which it is installed (mars-facts 5.4).
pub const TEMP_FOLDER: &str = "Temp";

/// mars-facts 5.2.
pub(crate) const CONFIG_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

/// mars-facts 5.2.
pub(crate) const PROVIDER_KEY: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// Where Windows says which edition it is.
pub(crate) const WINDOWS_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion";

/// mars-facts 5.1.
const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";

/// The name in the list of installed programs (mars-facts 5.1).
pub(crate) const PRODUCT: &str = "Microsoft Azure Recovery Services Agent";
