//! The limits for people, with the plays just inside and just outside of each.

use marslab_live::{AgentLimits, Limits, WorldLimits};

/// A limit, and the plays on either side of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The name of the field that has it.
    pub name: &'static str,
    /// What it limits.
    pub what: &'static str,
    /// Where it is.
    pub value: String,
    /// How much to either side makes a difference that some play shows.
    pub unit: &'static str,
    /// Where it is documented; † for what only the lab says.
    pub source: &'static str,
    /// The play just inside: nothing fails for it.
    pub inside: &'static str,
    /// The play just outside.
    pub outside: &'static str,
}

/// All limits: first those of Windows and of the cloud, then those of the agent.
pub fn table(limits: &Limits) -> Vec<Limit> {
    world(&limits.world).into_iter().chain(agent(&limits.agent)).collect()
}

/// Taken apart whole, so that a limit that is added has a row.
#[expect(clippy::too_many_lines, reason = "one flat table")]
fn world(limits: &WorldLimits) -> [Limit; 10] {
    let WorldLimits {
        vault_machines,
        credentials_hours,
        clock_skew_seconds,
        powershell_major,
        temporary_names,
        shadow_storage_mib,
        snapshot_seconds,
        sync_agent_major,
        newer_tls_release,
        windows_tls_release,
    } = *limits;
    [
        Limit {
            name: "vault_machines",
            what: "the maximum number of machines in a vault",
            value: vault_machines.to_string(),
            unit: "1 machine",
            source: "`zh-2019-05`, `ja-2019-02`, `ko-2019-05` (403)",
            inside: "vault-with-49-machines",
            outside: "vault-machine-limit",
        },
        Limit {
            name: "credentials_hours",
            what: "the age at which a credentials file of 2019 expires",
            value: format!("{credentials_hours} h"),
            unit: "1 h; the articles disagree on the exact point",
            source: "`zh-2019-05`, `ja-2019-02`, `ko-2019-05` (34513)",
            inside: "credentials-47-hours-old",
            outside: "credentials-expired/two-minutes-over",
        },
        Limit {
            name: "clock_skew_seconds",
            what: "how far a clock may be ahead of the login service",
            value: format!("{clock_skew_seconds} s"),
            unit: "1 min",
            source: "† as is usual for tokens (AADSTS700024)",
            inside: "clock-four-minutes-ahead/half-a-minute-inside",
            outside: "clock-skewed/five-minutes-and-a-half-ahead",
        },
        Limit {
            name: "powershell_major",
            what: "the first PowerShell that loads the agent's module",
            value: format!("{powershell_major}.0"),
            unit: "1 major version",
            source: "`zh-2019-05`, `ja-2019-02`, `ko-2019-05` (schedule)",
            inside: "powershell-3.0",
            outside: "powershell-older-than-3.0",
        },
        Limit {
            name: "temporary_names",
            what: "the maximum number of temporary file names in a folder",
            value: temporary_names.to_string(),
            unit: "1 file",
            source: "`GetTempFileName`; the articles say 65,000 (34513)",
            inside: "temp-files-65001/one-name-left",
            outside: "temp-files-exhausted",
        },
        Limit {
            name: "shadow_storage_mib",
            what: "the minimum space for a volume's shadow copies",
            value: format!("{shadow_storage_mib} MiB"),
            unit: "1 MiB",
            source: "`vssadmin`; † that a backup needs it",
            inside: "shadow-storage-320-mib",
            outside: "shadow-storage-100-mib/one-mib-below",
        },
        Limit {
            name: "snapshot_seconds",
            what: "how long Windows Server Backup's snapshot blocks the agent",
            value: format!("{snapshot_seconds} s"),
            unit: "1 min, the resolution of schedules",
            source: "† the articles only say that the schedules must not conflict",
            inside: "server-backup-a-minute-later/a-minute-earlier",
            outside: "schedule-conflict",
        },
        Limit {
            name: "sync_agent_major",
            what: "the first Azure File Sync whose driver leaves the engine alone",
            value: format!("{sync_agent_major}.0"),
            unit: "1 major version",
            source: "† `en-2025-11` names no version",
            inside: "file-sync-newer",
            outside: "file-sync-brings-the-engine-down",
        },
        Limit {
            name: "newer_tls_release",
            what: "the first .NET (4.6.2) that offers more than TLS 1.0",
            value: newer_tls_release.to_string(),
            unit: "1 release number",
            source: "`ja-2019-02` (34513); † that older ones offer only TLS 1.0",
            inside: "dotnet-4.6.2-where-tls-1.2-is-required",
            outside: "dotnet-older-than-4.6.2/release-number-just-below",
        },
        Limit {
            name: "windows_tls_release",
            what: "the first .NET (4.7) that uses the TLS versions of Windows",
            value: windows_tls_release.to_string(),
            unit: "1 release number",
            source: "Microsoft's guide to TLS in .NET",
            inside: "strong-cryptography-off-with-dotnet-4.7",
            outside: "tls-1.2-not-used-by-dotnet/release-number-just-below-4.7",
        },
    ]
}

/// Taken apart whole, as [`world`] is.
#[expect(clippy::too_many_lines, reason = "one flat table")]
fn agent(limits: &AgentLimits) -> [Limit; 11] {
    let AgentLimits {
        assertion_seconds,
        backdated_seconds,
        scratch_percent,
        many_files,
        many_files_percent,
        restore_percent,
        directory_build,
        scratch_errors_build,
        endpoint_state_build,
        skips_build,
        https_only_build,
    } = *limits;
    [
        Limit {
            name: "assertion_seconds",
            what: "how far beyond the skew a registered server's clock may be behind before its sign-in expires",
            value: format!("{assertion_seconds} s"),
            unit: "1 min",
            source: "† as the product's sign-in library has it (AADSTS700024)",
            inside: "clock-four-minutes-ahead/fourteen-minutes-and-a-half-behind-after-registration",
            outside: "clock-behind-after-registration",
        },
        Limit {
            name: "backdated_seconds",
            what: "how far the clock may be behind when a new credentials file is read",
            value: format!("{backdated_seconds} s"),
            unit: "1 min",
            source: "Azure PowerShell, which creates such files (mars-facts 3.5)",
            inside: "clock-four-minutes-ahead/nine-minutes-and-a-half-behind",
            outside: "clock-skewed/ten-minutes-and-a-half-behind",
        },
        Limit {
            name: "scratch_percent",
            what: "free space for the scratch folder, in percent of the selected data",
            value: format!("{scratch_percent} %"),
            unit: "1 % of the data; † the lower end of 5 to 10 %",
            source: "`zh-2019-05`, `ja-2019-02`, `ko-2019-05` (0x1FC07, 34506)",
            inside: "scratch-volume-with-just-enough-space",
            outside: "activation-scratch-no-space/just-below-five-percent-of-the-data",
        },
        Limit {
            name: "many_files",
            what: "how many files may be selected before the scratch folder needs a larger share",
            value: many_files.to_string(),
            unit: "1 file",
            source: "`ja-support-blog`",
            inside: "a-million-files-and-little-space",
            outside: "scratch-space-for-many-files",
        },
        Limit {
            name: "many_files_percent",
            what: "that share, in percent of the selected data",
            value: format!("{many_files_percent} %"),
            unit: "1 % of the data; † the blog says up to 20 %",
            source: "`ja-support-blog`",
            inside: "two-million-files-and-a-fifth-of-the-data",
            outside: "scratch-space-for-many-files",
        },
        Limit {
            name: "restore_percent",
            what: "free space for a restore in the scratch folder, in percent of what is restored",
            value: format!("{restore_percent} %"),
            unit: "1 % of the data; † the lower end of 5 to 10 %",
            source: "`ja-support-blog`",
            inside: "restore-with-just-enough-space",
            outside: "restore-cache-full",
        },
        Limit {
            name: "directory_build",
            what: "the first agent that does not need the retired access control service",
            value: format!("2.0.{directory_build}"),
            unit: "1 build",
            source: "`en-upgrade-2018`",
            inside: "agent-outdated/2.0.9083",
            outside: "agent-2.0.9082",
        },
        Limit {
            name: "scratch_errors_build",
            what: "the first agent that reports `SalLowDiskSpace` instead of 34506",
            value: format!("2.0.{scratch_errors_build}"),
            unit: "1 build",
            source: "† the version at which `en-2025-11` changes credentials",
            inside: "passphrase-scratch-no-space/last-agent-that-says-so",
            outside: "scratch-volume-full-newer-agent/first-that-says-so",
        },
        Limit {
            name: "endpoint_state_build",
            what: "the first agent that reads the credentials files of newer portals",
            value: format!("2.0.{endpoint_state_build}"),
            unit: "1 build",
            source: "`en-2025-11` (34513)",
            inside: "credentials-of-2025-read-by-a-newer-agent",
            outside: "credentials-of-2025-read-by-an-older-agent",
        },
        Limit {
            name: "skips_build",
            what: "the first agent that skips files with unsupported attributes",
            value: format!("2.0.{skips_build}"),
            unit: "1 build",
            source: "† the version at which `en-2025-11` changes credentials",
            inside: "unsupported-attributes-are-skipped/first-agent-that-does",
            outside: "unsupported-attributes-end-the-job",
        },
        Limit {
            name: "https_only_build",
            what: "the first agent that does not need `www.msftncsi.com` on port 80 in the public cloud",
            value: format!("2.0.{https_only_build}"),
            unit: "1 build",
            source: "† the version at which `en-2025-11` changes credentials; it has all URLs on port 443",
            inside: "port-80-blocked-newer-agent",
            outside: "port-80-blocked",
        },
    ]
}

/// Limits that the articles only advise: name, meaning, value, unit, source, the play inside, the play outside. Only the
/// core knows them.
pub const ADVISED: [[&str; 7]; 4] = [
    [
        "temp_files_advised",
        "`.tmp` files in the Windows Temp folder",
        "60000",
        "1 file inside; outside 65,001, as the articles say 60,000 or 65,000",
        "`zh-2019-05`, `ja-2019-02`, `ko-2019-05` (34513)",
        "temp-files-60000",
        "temp-files-65001",
    ],
    [
        "volume_percent",
        "free space on the scratch folder's volume, in percent of the volume",
        "5 %",
        "1 % of the volume; † the lower end of 5 to 10 %",
        "`zh-2019-05`, `ko-2019-05` (basic troubleshooting)",
        "scratch-volume-low/just-below-5-percent-then-just-above",
        "scratch-volume-low/just-below-5-percent-then-just-above",
    ],
    [
        "dotnet_advised",
        "the required .NET Framework (4.5.2)",
        "379893",
        "1 release number",
        "`zh-2019-05`, `ko-2019-05` (basic troubleshooting)",
        "dotnet-4.5.2",
        "dotnet-older-than-4.5.2/release-number-just-below",
    ],
    [
        "azure_powershell_minor",
        "the Azure PowerShell that an offline backup needs",
        "3.7.0",
        "1 minor version",
        "`zh-2019-05`, `ko-2019-05` (basic troubleshooting)",
        "offline-source-azure-powershell-older",
        "offline-source-azure-powershell-older",
    ],
];

/// Limits of the lab without a play on the outside: meaning, value, reason.
pub const UNMET: [[&str; 3]; 4] = [
    [
        "how long a token is valid",
        "3,599 s",
        "The agent never waits an hour before it uses a token.",
    ],
    [
        "how long a server's own certificate is valid",
        "2 years",
        "No play takes that long, and no article documents the error.",
    ],
    [
        "the oldest agent that the vault's service registers †",
        "2.0.9083.0",
        "Older agents already fail to sign in. `agent-outdated/2.0.9083-registers` is exactly at it; the fault `oldest-agent` \
         raises it.",
    ],
    [
        "how long credentials files of 2025 are valid",
        "240 h",
        "A setting of scenarios; `credentials-239-hours-old` and `credentials-older-than-10-days` are on either side.",
    ],
];
