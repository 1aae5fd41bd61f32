//! Changes and places that more than one fault, setting or remedy needs.

use std::collections::BTreeMap;

use marslab_model::world::{Machine, RegValue};
use marslab_model::{Address, Change, Field, KeyPath, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::MACHINE;
use crate::faults::NotApplicable;
use crate::param::HostAndPort;

/// The machine that complains.
pub(crate) fn machine(world: &World) -> Result<&Machine, NotApplicable> {
    let machine = world.machines.get(&Name::new(MACHINE));
    machine.ok_or_else(|| NotApplicable(format!("there is no machine `{MACHINE}`")))
}

/// The field of the machine that complains.
pub(crate) fn machine_field() -> Field<Machine> {
    Field::world().machines().at(MACHINE)
}

/// Sets values of a registry key of `machine`, which is called `name`. A key that does not exist is made.
pub(crate) fn registry<const N: usize>(
    machine: &Machine,
    name: &str,
    key: KeyPath,
    values: [(&str, RegValue); N],
) -> Vec<Change> {
    let registry = Field::world().machines().at(name).registry();
    let values = values.map(|(name, value)| (Name::new(name), value));
    if machine.registry.contains_key(&key) {
        let key = registry.at(key);
        return values.map(|(name, value)| key.clone().at(name).set(value)).into();
    }
    vec![registry.at(key).set(BTreeMap::from(values))]
}

/// The address of the proxy that is named, or of the only one that there is.
pub(crate) fn proxy(world: &World, named: Option<&HostAndPort>) -> Result<Name, NotApplicable> {
    let proxies = &world.network.proxies;
    if let Some(named) = named {
        let named = Name::new(named.as_address().to_string());
        let is_known = proxies.contains_key(&named);
        let unknown = || NotApplicable(format!("the network has no proxy at {named}"));
        return is_known.then(|| named.clone()).ok_or_else(unknown);
    }
    let mut names = proxies.keys();
    match (names.next(), names.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(NotApplicable("the network has no proxy".to_owned())),
        (Some(_), Some(_)) => {
            Err(NotApplicable("the network has several proxies; name one".to_owned()))
        }
    }
}

/// WinINET's proxy of the account with this SID.
pub(crate) fn internet_settings(machine: &Machine, sid: &str, address: &Address) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let values = [("ProxyEnable", 1.into()), ("ProxyServer", address.to_string().into())];
    registry(machine, MACHINE, key, values)
}

/// WinINET's proxy of the SYSTEM account.
pub(crate) fn system_proxy(machine: &Machine, address: &Address) -> Vec<Change> {
    internet_settings(machine, SYSTEM_SID, address)
}

/// A PowerShell execution policy.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
pub(crate) enum ExecutionPolicy {
    /// No script runs.
    Restricted,
    /// Signed scripts run.
    AllSigned,
    /// Local scripts run, others when they are signed.
    #[default]
    RemoteSigned,
    /// Every script runs.
    Unrestricted,
    /// Every script runs, without a question.
    Bypass,
    /// No policy is set in this scope.
    Undefined,
}

impl ExecutionPolicy {
    /// The name in the registry.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Restricted => "Restricted",
            Self::AllSigned => "AllSigned",
            Self::RemoteSigned => "RemoteSigned",
            Self::Unrestricted => "Unrestricted",
            Self::Bypass => "Bypass",
            Self::Undefined => "Undefined",
        }
    }
}

/// Where the agent keeps its registration (mars-facts 5.2).
pub(crate) const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

/// Where the agent keeps its own proxy, among others (mars-facts 5.2).
pub(crate) const PROVIDER: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// Where PowerShell keeps the policy of the scope LocalMachine (mars-facts 5.8).
pub(crate) const SHELL: &str =
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";

const SYSTEM_SID: &str = "S-1-5-18";

const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
