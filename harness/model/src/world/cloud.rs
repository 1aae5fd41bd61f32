//! The cloud: probes, login, subscriptions and vaults.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::Content;
use crate::map::Map;
use crate::names::{HostName, Name};
use crate::tracked::{leaf, record};
use crate::world::StorageAccount;

record! {
    /// The cloud.
    pub struct Cloud {
        /// What answers at which name.
        pub endpoints: Map<HostName, Endpoint>,
        /// The bodies of the connectivity probes and of other pages, by host and path (`www.example.com/probe.txt`).
        pub probes: Map<Name, String>,
        /// The agent's latest release, as the download page names it.
        pub latest_agent: String,
        /// The oldest agent that the services still talk to.
        pub oldest_agent: String,
        /// For how many hours a vault credentials file is good.
        pub credentials_hours: u32,
        /// The tenants of the login service by id.
        pub tenants: Map<Name, Tenant>,
        /// The subscriptions by id.
        pub subscriptions: Map<Name, Subscription>,
        /// The vaults by name.
        pub vaults: Map<Name, Vault>,
        /// The storage accounts by name.
        pub storage_accounts: Map<Name, StorageAccount>,
    }

    /// A server of the cloud.
    pub struct Endpoint {
        /// What it does.
        pub role: Role,
        /// The name of the root certification authority that its certificate chains to; empty: it has signed it itself.
        pub root: Name,
        /// Its certificate.
        pub certificate: ServerCertificate,
        /// The oldest TLS version that it accepts.
        pub tls_min: TlsVersion,
        /// The newest TLS version that it accepts.
        pub tls_max: TlsVersion,
        /// Until when it has a service issue, as Azure Service Health calls it (true time): it answers any request
        /// with an internal error. `None` if it works.
        pub service_issue_until: Option<Timestamp>,
    }

    /// The certificate of a server, and what the server does with it.
    pub struct ServerCertificate {
        /// Whether it is bound to the port. Windows resets connections to a port that has none (`netsh http show sslcert`).
        pub bound: bool,
        /// The name that it is for; `None`: the server's own.
        pub name: Option<HostName>,
        /// From when it is valid (true time); `None`: it is renewed in time.
        pub not_before: Option<Timestamp>,
        /// Until when it is valid (true time); `None`: it is renewed in time.
        pub not_after: Option<Timestamp>,
        /// Whether the server sends the certificate of the authority that issued it, too.
        pub issuer_sent: bool,
        /// The root certification authority of the chain that the server sends; `None`: that of its own certificate.
        pub chain_root: Option<Name>,
        /// When its authority revoked it (true time); `None`: it did not.
        pub revoked_at: Option<Timestamp>,
    }

    /// A tenant of the login service.
    pub struct Tenant {
        /// The domains that are verified to be its own.
        pub domains: BTreeSet<String>,
        /// Its users by user principal name.
        pub users: Map<Name, User>,
        /// Its applications by client id.
        pub applications: Map<Name, Application>,
    }

    /// A user of a tenant.
    pub struct User {
        /// The object id.
        pub object_id: String,
        /// The password.
        pub password: String,
    }

    /// An application that is registered with a tenant.
    pub struct Application {
        /// Its certificates by thumbprint (upper-case hexadecimal SHA-1), DER.
        pub certificates: Map<Name, Content>,
        /// Its client secrets by key id.
        pub secrets: Map<Name, ClientSecret>,
    }

    /// A secret by which an application proves who it is.
    pub struct ClientSecret {
        /// The secret.
        pub value: String,
        /// When it expires (true time).
        pub expires_at: Timestamp,
    }

    /// A subscription.
    pub struct Subscription {
        /// Whether it can be used.
        pub state: SubscriptionState,
        /// The tenant that it trusts.
        pub tenant: Name,
        /// The roles of each user, by user principal name.
        pub roles: Map<Name, BTreeSet<String>>,
        /// Its custom roles by name, and the actions that each allows; `*` stands for anything.
        pub custom_roles: Map<Name, BTreeSet<String>>,
        /// Its resource groups by name.
        pub resource_groups: Map<Name, ResourceGroup>,
    }

    /// A resource group.
    pub struct ResourceGroup {
        /// Where what is known of it is kept.
        pub location: String,
        /// Its tags.
        pub tags: Map<Name, String>,
    }

    /// A Recovery Services vault.
    pub struct Vault {
        /// Its subscription.
        pub subscription: Name,
        /// Its resource group.
        pub resource_group: String,
        /// Its region.
        pub location: String,
        /// Its number.
        pub resource_id: i64,
        /// The name of its stock-keeping unit: `Standard` or `RS0`.
        pub sku: String,
        /// Its tags.
        pub tags: Map<Name, String>,
        /// When the resource itself was last written (true time); its etag tells.
        pub modified: Timestamp,
        /// How its backups are kept, `storageModelType` of the resource manager: `GeoRedundant`, `LocallyRedundant` …
        pub redundancy: String,
        /// Whether deleted backups are kept for a while, `softDeleteFeatureState` of the resource manager.
        pub soft_delete: bool,
        /// What Site Recovery keeps of it, `vaultExtendedInfo` of the resource manager: its `properties` as JSON; empty before
        /// they are set.
        pub extended_info: Content,
        /// Its backup policies by name: the `properties` of each, as JSON.
        pub policies: Map<Name, Content>,
        /// The host of the storage account that keeps what is backed up.
        pub blob_host: HostName,
        /// The host of that account's queues.
        pub queue_host: HostName,
        /// The client id of its application at the login service.
        pub client_id: Name,
        /// Whether private endpoints are connected to it (`privateEndpointStateForBackup` of the resource manager);
        /// nothing where the resource manager does not tell, as in 2019.
        pub private_endpoint_state: Option<PrivateEndpointState>,
        /// The name of its service at its private endpoint, which no public DNS server knows; `None` without one.
        pub private_host: Option<HostName>,
        /// Whether its service can be used from the internet (`publicNetworkAccess`).
        pub public_network_access: bool,
        /// The thumbprint of the latest certificate that was issued for it; empty before the first.
        pub latest_certificate: String,
        /// When that certificate was issued (true time).
        pub issued_at: Option<Timestamp>,
        /// The registered machines by full name.
        pub machines: Map<Name, Registration>,
        /// The recovery points by id.
        pub recovery_points: Map<Name, RecoveryPoint>,
    }

    /// A registered machine.
    pub struct Registration {
        /// The id that the machine was given.
        pub machine_id: String,
        /// The thumbprint of the machine's own certificate.
        pub certificate: String,
        /// What proves that a passphrase is the machine's; empty before the first was set.
        pub key_verifier: String,
        /// Whether the registration was finished.
        pub activated: bool,
    }

    /// A recovery point.
    pub struct RecoveryPoint {
        /// The machine's full name.
        pub machine: Name,
        /// When it was made (true time).
        pub at: Timestamp,
        /// How many bytes it holds.
        pub bytes: u64,
        /// What proves that a passphrase is the one that it is encrypted with.
        pub key_verifier: String,
    }
}

/// What a server of the cloud does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Answers connectivity probes, over plain HTTP.
    Probe,
    /// Web pages: links, downloads.
    Web,
    /// The login service, by the name that clients ask which login services are authentic.
    Discovery,
    /// The login service, by the name that vault credentials files have.
    Login,
    /// The resource manager.
    Management,
    /// The vault's own service: registration, keys, jobs.
    Backup,
    /// Serves recovery points over iSCSI.
    Recovery,
    /// Keeps blobs and queues of storage accounts.
    Storage,
    /// Microsoft Graph.
    Graph,
    /// Publishes the certificates of authorities and what they have revoked, over plain HTTP.
    Authority,
}

impl ServerCertificate {
    /// One that is as it should be.
    pub fn good() -> Self {
        Self {
            bound: true,
            name: None,
            not_before: None,
            not_after: None,
            issuer_sent: true,
            chain_root: None,
            revoked_at: None,
        }
    }
}

/// A TLS version.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum TlsVersion {
    /// TLS 1.0.
    #[serde(rename = "1.0")]
    V1_0,
    /// TLS 1.1.
    #[serde(rename = "1.1")]
    V1_1,
    /// TLS 1.2.
    #[serde(rename = "1.2")]
    V1_2,
    /// TLS 1.3.
    #[serde(rename = "1.3")]
    V1_3,
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
        })
    }
}

/// Whether a subscription can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubscriptionState {
    /// It can.
    Enabled,
    /// It was disabled and can only be read.
    Disabled,
    /// Its term is over and it can only be read.
    Expired,
}

/// Whether private endpoints are connected to a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateEndpointState {
    /// None is.
    None,
    /// One or more are.
    Enabled,
}

leaf!(Role, TlsVersion, SubscriptionState, Option<PrivateEndpointState>, Option<HostName>);
