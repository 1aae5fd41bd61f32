//! What the agent wrote into the registry.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{HostName, HostRead, KeyPath, Name, WinPath};
use marslab_wire::http::Url;

use crate::facts::{
    CONFIG_KEY, INSTALL, OFFLINE_COPY_COMPUTER, PROVIDER_KEY, SERVER_NAME, SETUP_KEY,
    STORAGE_ENDPOINTS,
};

/// What the agent wrote into the registry. A value that is absent or empty is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    /// Where the agent is installed.
    pub(crate) install: WinPath,
    /// The id that the machine got when it was registered; nothing on a machine that is not.
    pub(crate) machine_id: Option<String>,
    /// † The thumbprint of the certificate with which the machine signs in.
    pub(crate) thumbprint: Option<String>,
    /// † The full name under which the machine was registered.
    pub(crate) server_name: Option<String>,
    /// The vault with which the machine is registered.
    pub(crate) vault: Option<Vault>,
    /// Whether the registration was finished.
    pub(crate) activated: bool,
    /// What proves the passphrase; `None` before one was set.
    pub(crate) key_verifier: Option<String>,
    /// The host of the vault's own service.
    pub(crate) service_host: Option<HostName>,
    /// † The hosts of the storage account to which backups are written.
    pub(crate) storage_hosts: Vec<HostName>,
    /// The scratch folder as `Config` names it.
    pub(crate) scratch: Option<WinPath>,
    /// The scratch folder as `CloudBackupProvider` names it.
    pub(crate) provider_scratch: Option<WinPath>,
    /// What is selected for backup.
    pub(crate) items: Option<String>,
    /// What is left out of that.
    pub(crate) exclusions: Option<String>,
    /// The copy computer of an offline backup; `None` if none is set up.
    pub(crate) copy_computer: Option<String>,
}

/// A vault as the resource manager names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vault {
    /// Its subscription's id.
    pub(crate) subscription: String,
    /// Its resource group.
    pub(crate) group: String,
    /// Its own name.
    pub(crate) name: String,
}

impl Config {
    /// Reads the registry.
    pub(crate) fn read(host: &dyn HostRead) -> Self {
        let config = |name| text(host, CONFIG_KEY, name);
        let provider = |name| text(host, PROVIDER_KEY, name);
        Self {
            install: text(host, SETUP_KEY, "InstallPath")
                .map_or_else(|| INSTALL.into(), WinPath::new),
            machine_id: config("MachineId"),
            thumbprint: config("CertThumbprint"),
            server_name: config(SERVER_NAME),
            vault: config("ServiceResourceName").map(|name| Vault {
                subscription: config("SubscriptionId").unwrap_or_default(),
                group: config("ResourceGroupName").unwrap_or_default(),
                name,
            }),
            activated: number(host, &Account::System, CONFIG_KEY, "Activated") == Some(1),
            key_verifier: config("KeyVerifier"),
            service_host: config("IdMgmtRestEndpoint").and_then(|url| service_host(&url)),
            storage_hosts: STORAGE_ENDPOINTS
                .iter()
                .filter_map(|name| service_host(&config(name)?))
                .collect(),
            scratch: config("ScratchLocation").map(WinPath::new),
            provider_scratch: provider("ScratchLocation").map(WinPath::new),
            items: config("BackupItems"),
            exclusions: config("BackupExclusions"),
            copy_computer: config(OFFLINE_COPY_COMPUTER),
        }
    }

    /// Whether the machine is registered with a vault.
    pub(crate) fn is_registered(&self) -> bool {
        self.machine_id.is_some()
    }
}

/// The host of a URL, where that is a name.
pub(crate) fn service_host(url: &str) -> Option<HostName> {
    match url.parse::<Url>().ok()?.host {
        marslab_model::net::Host::Name(name) => Some(name),
        marslab_model::net::Host::Ip(_) => None,
    }
}

/// A value of the registry as an account sees it.
pub(crate) fn value(
    host: &dyn HostRead,
    who: &Account,
    key: &str,
    name: &str,
) -> Option<RegistryValue> {
    host.registry_value(who, &KeyPath::new(key), &Name::new(name)).ok().flatten()
}

/// A text value of the registry as SYSTEM sees it; `None` if it is absent or empty.
pub(crate) fn text(host: &dyn HostRead, key: &str, name: &str) -> Option<String> {
    text_of(host, &Account::System, key, name)
}

/// A text value of the registry as an account sees it; `None` if it is absent or empty.
pub(crate) fn text_of(host: &dyn HostRead, who: &Account, key: &str, name: &str) -> Option<String> {
    match value(host, who, key, name)? {
        RegistryValue::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        RegistryValue::Text(_) | RegistryValue::Number(_) | RegistryValue::Binary(_) => None,
    }
}

/// A number in the registry as an account sees it.
pub(crate) fn number(host: &dyn HostRead, who: &Account, key: &str, name: &str) -> Option<u32> {
    match value(host, who, key, name)? {
        RegistryValue::Number(number) => Some(number),
        RegistryValue::Text(text) => text.trim().parse().ok(),
        RegistryValue::Binary(_) => None,
    }
}
