//! The registration in the registry (mars-facts 5.2; fakes/README.md marks the values that are the lab's own).

use marslab_model::{HostControl, Name};

use crate::credentials_file::VaultCredentials;
use crate::places::{CONFIG_KEY, remove, set, text};

/// The registration of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    pub(crate) machine_id: String,
    pub(crate) resource_id: String,
    pub(crate) vault: String,
    pub(crate) subscription: String,
    pub(crate) resource_group: String,
    pub(crate) authority: String,
    pub(crate) tenant: String,
    pub(crate) audience: String,
    pub(crate) client_id: String,
    pub(crate) endpoint: String,
    pub(crate) thumbprint: Name,
}

impl Registration {
    /// The registration with the vault of a credentials file.
    pub(crate) fn new(file: &VaultCredentials, machine_id: String, thumbprint: Name) -> Self {
        Self {
            machine_id,
            resource_id: file.resource_id.to_string(),
            vault: file.vault.clone(),
            subscription: file.subscription.clone(),
            resource_group: file.resource_group.clone(),
            authority: file.authority.clone(),
            tenant: file.tenant.clone(),
            audience: file.audience.clone(),
            client_id: file.client_id.clone(),
            endpoint: file.endpoint.clone(),
            thumbprint,
        }
    }

    /// Reads the registry; `None` if a value is missing.
    pub(crate) fn read(host: &dyn HostControl) -> Option<Self> {
        let value = |name| text(host, CONFIG_KEY, name);
        Some(Self {
            machine_id: value("MachineId")?,
            resource_id: value("ResourceId")?,
            vault: value("ServiceResourceName")?,
            subscription: value("SubscriptionId")?,
            resource_group: value("ResourceGroupName")?,
            authority: value("AadAuthority")?,
            tenant: value("AadTenantId")?,
            audience: value("AadAudience")?,
            client_id: value("ServicePrincipalClientId")?,
            endpoint: value("IdMgmtRestEndpoint")?,
            thumbprint: value("CertThumbprint").map(Name::new)?,
        })
    }

    /// Writes it to the registry, with the name under which the server was registered. A new registration has to be
    /// activated again, under a passphrase that is set again.
    pub(crate) fn write(&self, host: &dyn HostControl) {
        let is_new = text(host, CONFIG_KEY, "MachineId").is_none_or(|id| id != self.machine_id);
        if is_new {
            remove(host, CONFIG_KEY, ACTIVATED);
            remove(host, CONFIG_KEY, KEY_VERIFIER);
        }
        let values = [
            ("MachineId", &self.machine_id),
            ("ResourceId", &self.resource_id),
            ("ServiceResourceName", &self.vault),
            ("SubscriptionId", &self.subscription),
            ("ResourceGroupName", &self.resource_group),
            ("AadAuthority", &self.authority),
            ("AadTenantId", &self.tenant),
            ("AadAudience", &self.audience),
            ("ServicePrincipalClientId", &self.client_id),
            ("IdMgmtRestEndpoint", &self.endpoint),
        ];
        for (name, value) in values {
            set(host, CONFIG_KEY, name, value.as_str());
        }
        set(host, CONFIG_KEY, "CertThumbprint", self.thumbprint.as_str());
        set(host, CONFIG_KEY, SERVER_NAME, host.full_name().as_str());
    }

    /// Removes every value of a registration.
    pub(crate) fn clear(host: &dyn HostControl) {
        for name in REGISTRATION_VALUES {
            remove(host, CONFIG_KEY, name);
        }
    }
}

/// The values of a registration in the agent's key (mars-facts 5.2; the last six are the lab's own †).
pub const REGISTRATION_VALUES: [&str; 16] = [
    "MachineId",
    "ResourceId",
    "ServiceResourceName",
    "SubscriptionId",
    "ResourceGroupName",
    "AadAuthority",
    "AadTenantId",
    "AadAudience",
    "ServicePrincipalClientId",
    "IdMgmtRestEndpoint",
    "CertThumbprint",
    SERVER_NAME,
    ACTIVATED,
    KEY_VERIFIER,
    BLOB_ENDPOINT,
    QUEUE_ENDPOINT,
];

/// † The full name under which the server was registered.
const SERVER_NAME: &str = "ServerName";

/// † 1 after the activation.
pub(crate) const ACTIVATED: &str = "Activated";

/// † The verifier of the passphrase that was set.
pub(crate) const KEY_VERIFIER: &str = "KeyVerifier";

/// † Where the data of jobs goes.
const BLOB_ENDPOINT: &str = "BlobEndpoint";

/// † Where notes of jobs are left.
const QUEUE_ENDPOINT: &str = "QueueEndpoint";

/// Keeps in the registry † where backups are written, as the service has told it last.
pub(crate) fn keep_storage(host: &dyn HostControl, blobs: &str, queues: &str) {
    set(host, CONFIG_KEY, BLOB_ENDPOINT, blobs);
    set(host, CONFIG_KEY, QUEUE_ENDPOINT, queues);
}
