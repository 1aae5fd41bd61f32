//! The limits of Windows and of the cloud.
//!
//! Limits of the lab itself are constants where they are used. Those marked † are the lab's own: no public source gives
//! them.

use serde::{Deserialize, Serialize};

/// What Windows and the cloud hold to, as its [`Default`] has it: the product's own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How many machines a vault holds (mars-facts E2): with so many it gives no credentials.
    pub vault_machines: usize,
    /// For how many hours the portal makes credentials files good (mars-facts 3.5: 48 in 2019). A world may say
    /// otherwise, as that of 2025 does.
    pub credentials_hours: u32,
    /// By how many seconds the login service lets clocks differ: five minutes †, as is usual for tokens (mars-facts 4.5).
    pub clock_skew_seconds: i64,
    /// The first major version of PowerShell that the agent's module loads in (mars-facts E7: 3.0).
    pub powershell_major: u32,
    /// How many temporary names there are in a folder: `GetTempFileName` makes them from a 16-bit number other than 0
    /// (mars-facts E1 has the articles' round 65,000).
    pub temporary_names: u32,
    /// The least room for the shadow copies of a volume, in MiB: `vssadmin` sets no less; † that a snapshot fails below
    /// (mars-facts 1.9 only says that the storage must suffice).
    pub shadow_storage_mib: u64,
    /// For how many seconds a snapshot of the whole server is being made: the minute that the Volume Shadow Copy service
    /// gives programs to come to rest, † all of it (mars-facts E7, 1).
    pub snapshot_seconds: i64,
    /// The first major version of Azure File Sync † whose driver leaves the agent's engine alone (mars-facts 1.9).
    pub sync_agent_major: u32,
    /// The first release number of .NET whose programs offer more than TLS 1.0: that of 4.6.2, for which the Japanese
    /// article asks. That an older .NET offers TLS 1.0 alone holds for 4.5 and earlier; the lab draws the line where the
    /// article does.
    pub newer_tls_release: u32,
    /// The first release number of .NET whose programs offer what Windows offers: that of 4.7 (mars-facts 5.8).
    pub windows_tls_release: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            vault_machines: 50,
            credentials_hours: 48,
            clock_skew_seconds: 300,
            powershell_major: 3,
            temporary_names: 65_535,
            shadow_storage_mib: 320,
            snapshot_seconds: 60,
            sync_agent_major: 5,
            newer_tls_release: 394_802,
            windows_tls_release: 460_798,
        }
    }
}
