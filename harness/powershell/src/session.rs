//! What a PowerShell window remembers, and what it finds when it starts.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, LaunchError, RegistryValue};
use marslab_model::{KeyPath, Name, WinPath};

use super::value::Value;

/// What a window remembers between lines.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// The variables by name.
    pub(crate) variables: BTreeMap<Name, Value>,
    /// The window's environment variables.
    pub(crate) environment: BTreeMap<Name, String>,
    /// The `PSModulePath` that was set in it.
    pub(crate) module_path: Option<String>,
    /// The modules that were imported.
    pub(crate) modules: BTreeSet<Name>,
    /// The execution policy of its process (`-Scope Process`).
    pub(crate) policy: Option<String>,
    /// What the line has printed so far.
    pub(crate) screen: String,
    /// Whether the last command of the line failed (`$?`).
    pub(crate) has_failed: bool,
}

/// The engine of the machine's PowerShell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Engine {
    /// Its version as the registry has it (`5.1.14393.2848`).
    pub(crate) version: String,
    /// The version's first two numbers.
    pub(crate) number: (u32, u32),
}

/// Why PowerShell does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartError {
    /// The program's file could not be started.
    Program(LaunchError),
    /// The registry names no engine.
    NoEngine,
}

impl Engine {
    /// Starts the engine. From 3.0 on it stands under `3`, before under `1` (mars-facts 5.8).
    pub(crate) fn start(host: &dyn HostAdmin, who: &Account) -> Result<Self, StartError> {
        host.launch(who, &WinPath::new(PROGRAM)).map_err(StartError::Program)?;
        let version = |key: &&str| text(host, who, key, "PowerShellVersion");
        let version = ENGINE_KEYS.iter().find_map(version).ok_or(StartError::NoEngine)?;
        let mut parts = version.trim().split('.').map(|part| part.parse().ok());
        let major = parts.next().flatten().ok_or(StartError::NoEngine)?;
        let minor = parts.next().flatten().unwrap_or(0);
        Ok(Self { version: version.trim().to_owned(), number: (major, minor) })
    }

    /// What `$PSVersionTable.PSVersion` says: up to 2.0 two numbers, since then four.
    pub(crate) fn shown(&self) -> String {
        let (major, minor) = self.number;
        if major < 3 { format!("{major}.{minor}") } else { self.version.clone() }
    }
}

impl Session {
    /// An environment variable of the window. PowerShell puts the user's own modules first in `PSModulePath`, from 4.0 on those
    /// of all users, too (about_PSModulePath).
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        let value = self.environment.get(&Name::new(name));
        if !name.eq_ignore_ascii_case(MODULE_PATH) {
            return value.map(|value| expand(&self.environment, value));
        }
        if let Some(path) = &self.module_path {
            return Some(path.clone());
        }
        let profile = self.environment.get(&Name::new("USERPROFILE")).cloned().unwrap_or_default();
        let value = value.map(|value| expand(&self.environment, value)).unwrap_or_default();
        Some(format!(
            r"{profile}\Documents\WindowsPowerShell\Modules;C:\Program Files\WindowsPowerShell\Modules;{value}"
        ))
    }

    /// Sets an environment variable of the window.
    pub(crate) fn set_variable(&mut self, name: &str, value: String) {
        if name.eq_ignore_ascii_case(MODULE_PATH) {
            self.module_path = Some(value);
        } else {
            self.environment.insert(Name::new(name), value);
        }
    }

    /// The execution policies by scope, in the order in which they count; none is `Undefined`.
    pub(crate) fn policies(
        &self,
        host: &dyn HostAdmin,
        who: &Account,
    ) -> [(&'static str, Option<String>); 5] {
        let group = |key: &str| {
            let off = host.registry_value(who, &KeyPath::new(key), &Name::new("EnableScripts"));
            let is_off = matches!(off, Ok(Some(RegistryValue::Number(0))));
            let set = || text(host, who, key, "ExecutionPolicy");
            if is_off { Some("Restricted".to_owned()) } else { set() }
        };
        let own = |hive: &str| text(host, who, &format!(r"{hive}\{SHELL_KEY}"), "ExecutionPolicy");
        [
            ("MachinePolicy", group(&format!(r"HKLM\{GROUP_KEY}"))),
            ("UserPolicy", group(&format!(r"HKCU\{GROUP_KEY}"))),
            ("Process", self.policy.clone()),
            ("CurrentUser", own("HKCU")),
            ("LocalMachine", own("HKLM")),
        ]
        .map(|(scope, policy)| (scope, policy.filter(|it| !it.eq_ignore_ascii_case("Undefined"))))
    }

    /// The policy that counts. Where none is set, it is `RemoteSigned` on servers and `Restricted` on clients
    /// (about_Execution_Policies).
    pub(crate) fn policy(&self, host: &dyn HostAdmin, who: &Account) -> String {
        let set = self.policies(host, who).into_iter().find_map(|(_, policy)| policy);
        set.unwrap_or_else(|| {
            let caption = host.os().unwrap_or_default().caption.to_ascii_lowercase();
            if caption.contains("server") { "RemoteSigned" } else { "Restricted" }.to_owned()
        })
    }
}

/// A text of the registry; none for an empty one.
pub(crate) fn text(host: &dyn HostAdmin, who: &Account, key: &str, name: &str) -> Option<String> {
    match host.registry_value(who, &KeyPath::new(key), &Name::new(name)) {
        Ok(Some(RegistryValue::Text(text))) => Some(text).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// The text with the values of its `%VARIABLES%`, once; an unknown one stays.
fn expand(variables: &BTreeMap<Name, String>, text: &str) -> String {
    let mut parts = text.split('%');
    let mut expanded = parts.next().unwrap_or_default().to_owned();
    while let Some(name) = parts.next() {
        match (variables.get(&Name::new(name)), parts.next()) {
            (Some(value), Some(rest)) => expanded = expanded + value + rest,
            (_, Some(rest)) => expanded = expanded + "%" + name + "%" + rest,
            (_, None) => expanded = expanded + "%" + name,
        }
    }
    expanded
}

/// Where PowerShell looks for modules.
pub(crate) const MODULE_PATH: &str = "PSModulePath";

/// The module of the agent.
pub(crate) const AGENT_MODULE: &str = "MSOnlineBackup";

/// Where the agent keeps what its registration gave it (mars-facts 5.2).
pub(crate) const AGENT_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

/// Windows PowerShell of every version.
const PROGRAM: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";

/// mars-facts 5.8.
const ENGINE_KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine",
];

/// mars-facts 5.8.
pub(crate) const SHELL_KEY: &str = r"SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";

/// mars-facts 5.8.
const GROUP_KEY: &str = r"SOFTWARE\Policies\Microsoft\Windows\PowerShell";

#[cfg(test)]
mod tests;
