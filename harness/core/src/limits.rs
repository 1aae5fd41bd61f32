//! The numbers of the product that decide something in a diagnosis, one place for all of them.
//!
//! Written from the articles (`zh`, `ja`, `ko` and a section's name) and from the fact base (`mars-facts` and a number),
//! apart from what the lab's worlds hold to. What no public source gives is marked †: there the core follows what the lab
//! says of its agent (fakes/README.md).

use serde::{Deserialize, Serialize};

/// By what the core judges; the [`Default`] has the product's own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// zh, ja, ko, unable-to-download-vault-credential-file: so many machines fill a vault.
    pub vault_machines: u64,
    /// zh, ja, ko, the-activation-did-not-complete-successfully: free space of at least 5 to 10 % of the backup data. The
    /// lower end decides †; between the two the articles leave it open.
    pub data_percent: u64,
    /// Above so many selected files a larger share is needed, by what Microsoft's support in Japan advises.
    pub many_files: u64,
    /// That share: up to 20 %. That it grows at once is †.
    pub many_files_percent: u64,
    /// Free space in percent of what is restored: 5 to 10 %, by the same support. The lower end decides †.
    pub restore_percent: u64,
    /// zh, ko, basic-troubleshooting: 5 to 10 % of the scratch folder's volume. Here, too, the lower end decides †.
    pub volume_percent: u64,
    /// For how many seconds a signed assertion is valid: ten minutes †, as the client libraries of the service make them
    /// (AADSTS700024, mars-facts 4.5).
    pub assertion_seconds: i64,
    /// By how many seconds clocks may differ from the service's: five minutes †, as is usual there.
    pub clock_skew_seconds: i64,
    /// zh, ja, ko, invalid-vault-credentials-provided: more `.tmp` files than this are too many. The articles give 65,000,
    /// too; the lower number decides †.
    pub temp_files_advised: u64,
    /// With so many `.tmp` files there is no name left for another one (`GetTempFileName`).
    pub temp_names: u64,
    /// The first build of 2.0 that does without the retired access control service (mars-facts 3.2, 5.1).
    pub directory_build: u64,
    /// The first build of 2.0 that reads credentials files of newer portals (mars-facts E1).
    pub endpoint_state_build: u64,
    /// The first build of 2.0 † that asks no connectivity probe in the public cloud: the English article of 2025 has all URLs on
    /// HTTPS, and `www.msftncsi.com` for the US government only (mars-facts 5.10).
    pub https_only_build: u64,
    /// zh, ko, basic-troubleshooting: the release number of .NET Framework 4.5.2 (mars-facts 5.8).
    pub dotnet_advised: u32,
    /// ja, invalid-vault-credentials-provided: from 4.6.2 on the agent offers more than TLS 1.0 (mars-facts 5.8).
    pub newer_tls_release: u32,
    /// From 4.7 on .NET offers what Windows does (mars-facts 5.8).
    pub windows_tls_release: u32,
    /// zh, ja, ko, backups-dont-run-according-to-the-schedule: PowerShell 3.0 or later.
    pub powershell_major: u64,
    /// The least room, in MiB, that `vssadmin` lets shadow copies have; † that less is too little for a backup
    /// (mars-facts 1.9).
    pub shadow_storage_mib: u64,
    /// † The first major version of Azure File Sync whose driver leaves the engine alone (mars-facts 1.9).
    pub sync_agent_major: u64,
    /// zh, ko, basic-troubleshooting: the Azure PowerShell that an offline backup needs, 3.7.0; this is the 7. A later one is
    /// taken for as good.
    pub azure_powershell_minor: u64,
}

impl Limits {
    /// Whether a clock that is so many seconds ahead, or behind, is too far off to sign in: an assertion is valid from the
    /// machine's now on for as long as it is, and the service lets clocks differ a little either way.
    pub(crate) fn is_clock_off(&self, seconds_ahead: i64) -> bool {
        let behind_max = self.assertion_seconds + self.clock_skew_seconds;
        !(-behind_max..=self.clock_skew_seconds).contains(&seconds_ahead)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            vault_machines: 50,
            data_percent: 5,
            many_files: 1_000_000,
            many_files_percent: 20,
            restore_percent: 5,
            volume_percent: 5,
            assertion_seconds: 600,
            clock_skew_seconds: 300,
            temp_files_advised: 60_000,
            temp_names: 65_535,
            directory_build: 9083,
            endpoint_state_build: 9249,
            https_only_build: 9249,
            dotnet_advised: 379_893,
            newer_tls_release: 394_802,
            windows_tls_release: 460_798,
            powershell_major: 3,
            shadow_storage_mib: 320,
            sync_agent_major: 5,
            azure_powershell_minor: 7,
        }
    }
}
