//! [`Cast`]: which value plays which role in a world.
//!
//! An article says "the server", "the vault", "the proxy". What these are called differs from customer to customer, and
//! in the lab from seed to seed. Whoever breaks, repairs or describes a world finds the value behind a role here. Nothing
//! that acts within a world reads it: it is no part of the machines, the network or the cloud.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::{Name, WinPath};
use crate::net::Address;
use crate::tracked::{Footprint, Node, PathError, Steps};

mod draw;
mod regions;

pub use regions::{region_code, regions};

/// Declares the roles that have a value of their own: the struct, and how each is called in a scenario file.
macro_rules! cast {
    ($($(#[doc = $doc:literal])* $role:literal $field:ident: $type:ty = $plain:expr;)*) => {
        /// Which value plays which role in a world.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct Cast {
            $($(#[doc = $doc])* pub $field: $type,)*
            /// The bytes of one unit of size. Volumes and files of a world grow and shrink together, so that a share of one
            /// is the same share of another in all worlds.
            pub unit: u64,
            /// The seed with which the values were drawn; nothing in the plain world.
            pub seed: Option<u64>,
        }

        impl Cast {
            /// The plain world: the values that pages and lessons use.
            pub fn plain() -> Self {
                Self { $($field: $plain,)* unit: 1 << 30, seed: None }
            }

            /// The roles that have a value of their own, in the order in which they are documented.
            fn own(&self) -> Vec<Part> {
                vec![$(Part {
                    role: $role,
                    summary: concat!($($doc),*).trim(),
                    value: self.$field.to_string(),
                },)*]
            }

            fn own_value(&self, role: &str) -> Option<String> {
                match role {
                    $($role => Some(self.$field.to_string()),)*
                    _ => None,
                }
            }
        }
    };
}

cast! {
    /// the server with the problem
    "machine" machine: Name = Name::new("SRV01");
    /// another server with the agent
    "other-machine" other_machine: Name = Name::new("SRV02");
    /// a computer name that no server has yet
    "new-machine-name" new_machine_name: Name = Name::new("SRV07");
    /// the DNS domain of the servers
    "domain" domain: String = "contoso.example".to_owned();
    /// the administrator's account
    "admin" admin: Name = Name::new(r"CORP\admin");
    /// the administrator's security identifier
    "admin-sid" admin_sid: String = "S-1-5-21-1004336348-1177238915-682003330-1104".to_owned();
    /// the administrator's name at the login service
    "admin-upn" admin_upn: Name = Name::new("admin@contoso.example");
    /// an account that is no administrator
    "operator" operator: Name = Name::new(r"CORP\operator");
    /// that account's security identifier
    "operator-sid" operator_sid: String =
        "S-1-5-21-1004336348-1177238915-682003330-1231".to_owned();
    /// the only user that a proxy with authentication accepts
    "proxy-user" proxy_user: Name = Name::new(r"CORP\backup");
    /// the tenant's id
    "tenant" tenant: Name = Name::new("5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64");
    /// the subscription's id
    "subscription" subscription: Name = Name::new("c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21");
    /// the resource group of the vaults
    "resource-group" resource_group: String = "rg-backup".to_owned();
    /// the vault that the administrator uses
    "vault" vault: Name = Name::new("vault-east");
    /// another vault of the subscription
    "other-vault" other_vault: Name = Name::new("vault-west");
    /// the region of the vault
    "region" region: String = "japaneast".to_owned();
    /// the region of the other vault
    "other-region" other_region: String = "japanwest".to_owned();
    /// the storage account to which the vault's backups are written
    "storage-account" storage_account: Name = Name::new("podjpe01stor7c1d");
    /// the storage account of the other vault
    "other-storage-account" other_storage_account: Name = Name::new("podjpw01stor4e9a");
    /// the folder that is backed up
    "data" data: WinPath = WinPath::new(r"D:\Data");
    /// a large file in it
    "database" database: WinPath = WinPath::new(r"D:\Data\orders.mdf");
    /// a small file in it
    "disk-image" disk_image: WinPath = WinPath::new(r"D:\Data\scans.vhdx");
    /// a file in a folder below it
    "old-disk-image" old_disk_image: WinPath = WinPath::new(r"D:\Data\2018\scans.vhdx");
    /// a folder on the data's volume to which the scratch folder can be moved
    "scratch" scratch: WinPath = WinPath::new(r"D:\Scratch");
    /// a folder on a volume that a scenario can add
    "archive" archive: WinPath = WinPath::new(r"E:\Archive");
    /// a letter that no volume has yet
    "free-drive" free_drive: Name = Name::new("H:");
    /// the proxy
    "proxy" proxy: Address = Address::new("10.0.0.5", 8080);
    /// another proxy
    "other-proxy" other_proxy: Address = Address::new("10.0.0.9", 3128);
    /// an address where nothing answers
    "dead-proxy" dead_proxy: Address = Address::new("10.0.0.6", 8080);
    /// the proxy's host with a port that is not the proxy's
    "proxy-wrong-port" proxy_wrong_port: Address = Address::new("10.0.0.5", 8081);
    /// the address of the network's sign-in page, where a scenario adds one
    "gateway" gateway: IpAddr = IpAddr::from([10, 0, 0, 1]);
    /// the addresses of the company's network
    "network" network: IpNet = IpNet::new_assert(IpAddr::from([10, 0, 0, 0]), 8);
    /// the passphrase that the administrator chose
    "passphrase" passphrase: String = "correct horse battery staple".to_owned();
}

/// A role and what plays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The role, as a scenario file names it between braces.
    pub role: &'static str,
    /// What it is.
    pub summary: &'static str,
    /// What plays it.
    pub value: String,
}

impl Cast {
    /// The values that follow from `seed`: plausible, valid for their types, and no two the same.
    pub fn drawn(seed: u64) -> Self {
        draw::drawn(seed)
    }

    /// Every role with its value: first those that have one of their own, then those that are made of others.
    pub fn parts(&self) -> Vec<Part> {
        let made = |(role, summary, value): Made| Part { role, summary, value };
        self.own().into_iter().chain(self.made().map(made)).collect()
    }

    /// The value behind a role; `None` for an unknown role.
    pub fn value(&self, role: &str) -> Option<String> {
        let made = || self.made().into_iter().find(|(made, ..)| *made == role);
        self.own_value(role).or_else(|| made().map(|(.., value)| value))
    }

    /// The text with the roles in the place of what plays them, by which the same thing has one name in all worlds.
    pub fn roles_in(&self, text: &str) -> String {
        let mut parts = self.own();
        // A file's path begins with that of its folder.
        parts.sort_by_key(|part| std::cmp::Reverse(part.value.len()));
        let name =
            |text: String, part: &Part| text.replace(&part.value, &format!("{{{}}}", part.role));
        parts.iter().fold(text.to_owned(), name)
    }

    /// The text with what plays the roles in the place of them; the inverse of [`roles_in`](Self::roles_in).
    pub fn fill(&self, text: &str) -> String {
        let fill =
            |text: String, part: Part| text.replace(&format!("{{{}}}", part.role), &part.value);
        self.parts().into_iter().fold(text.to_owned(), fill)
    }

    /// The same in all texts of a JSON value.
    pub fn fill_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.fill(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.fill_json(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.fill_json(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn made(&self) -> [Made; 10] {
        [
            ("proxy-host", "the proxy's address without its port", self.proxy.host.to_string()),
            ("proxy-port", "the proxy's port", self.proxy.port.to_string()),
            (
                "other-proxy-host",
                "the other proxy's address without its port",
                self.other_proxy.host.to_string(),
            ),
            (
                "data-drive",
                "the volume of the data",
                self.data.volume().unwrap_or_default().to_string(),
            ),
            (
                "archive-drive",
                "the volume that a scenario can add",
                self.archive.volume().unwrap_or_default().to_string(),
            ),
            (
                "region-code",
                "the short name of the vault's region, which host names have",
                region_code(&self.region).to_owned(),
            ),
            (
                "other-region-code",
                "the short name of the other vault's region",
                region_code(&self.other_region).to_owned(),
            ),
            (
                "downloads",
                "the administrator's folder of downloads",
                self.downloads().as_str().to_owned(),
            ),
            (
                "machine-lower-case",
                "the server's name in lower case",
                self.machine.as_str().to_ascii_lowercase(),
            ),
            (
                "vault-in-xml",
                "the vault's name with its hyphens as XML character references",
                self.vault.as_str().replace('-', "&#45;"),
            ),
        ]
    }

    /// The name of an account without its domain, which its profile has.
    pub fn user_of(account: &Name) -> &str {
        account.as_str().rsplit('\\').next().unwrap_or_default()
    }

    /// The administrator's folder of downloads, where Windows puts it.
    pub fn downloads(&self) -> WinPath {
        WinPath::new(r"C:\Users").join(Self::user_of(&self.admin)).join("Downloads")
    }

    /// A random number for what has no role; the same whenever it is asked for in one world.
    pub fn number(&self, of: &str) -> u64 {
        self.random(of).next_u64()
    }

    /// An id for what has no role; the same whenever it is asked for in one world.
    pub fn guid(&self, of: &str) -> String {
        draw::guid(&mut self.random(of))
    }

    /// One of several for what has no role: the first in the plain world.
    pub fn pick<'t>(&self, of: &str, among: &[&'t str]) -> &'t str {
        let count = u64::try_from(among.len()).unwrap_or(u64::MAX).max(1);
        let index = self.seed.map_or(0, |_| self.number(of) % count);
        among.get(usize::try_from(index).unwrap_or_default()).copied().unwrap_or_default()
    }

    fn random(&self, of: &str) -> ChaCha20Rng {
        draw::stream(self.seed.unwrap_or_default(), of)
    }
}

impl Default for Cast {
    fn default() -> Self {
        Self::plain()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.value, self.role)
    }
}

/// A world's cast is no field of it: it never differs within a play, and no change reaches it.
impl Node for Cast {
    fn look(&self, _rest: &[String]) -> Option<Value> {
        None
    }

    fn differences(&self, _other: &Self, _at: &Steps<'_>, _found: &mut Footprint) {}

    fn put(&mut self, _rest: &[String], _value: &Value) -> Result<(), PathError> {
        Err(PathError::NoField)
    }

    fn copy(&mut self, _from: &Self, _rest: &[String]) {}
}

/// A role that is made of others: its name, what it is, its value.
type Made = (&'static str, &'static str, String);

#[cfg(test)]
mod tests;
