//! A Windows machine.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::names::{KeyPath, Name, WinPath};
use crate::tracked::{leaf, record};
use crate::world::Content;

record! {
    /// A Windows machine.
    pub struct Machine {
        /// The computer name. No other computer learns of a change.
        pub computer_name: String,
        /// The DNS domain; the machine's full name is its computer name, a dot and this.
        pub domain: String,
        /// The language of Windows and of the agent.
        pub language: Language,
        /// Where it runs.
        pub platform: Platform,
        /// The operating system.
        pub os: Os,
        /// The volumes by letter (`C:`).
        pub volumes: Map<Name, Volume>,
        /// The files by path. Folders exist through the files below them.
        pub files: Map<WinPath, File>,
        /// Whom access lists keep from reading and writing, by the file or folder that has the list. SYSTEM is an
        /// account among them.
        pub denied: Map<WinPath, BTreeSet<Name>>,
        /// The files that programs have open and share with nobody, each with the program.
        pub open_files: Map<WinPath, Name>,
        /// The attributes of folders that have some. New files in a folder are compressed and encrypted as it is.
        pub folder_attributes: Map<WinPath, BTreeSet<FileAttribute>>,
        /// Numbered files, kept as a count, by folder.
        pub series: Map<WinPath, Series>,
        /// The registry: keys, and in them the values by name.
        pub registry: Map<KeyPath, Map<Name, RegValue>>,
        /// The machine's environment variables as configured; services see those of [`Boot`].
        pub environment: Map<Name, String>,
        /// The services by service name.
        pub services: Map<Name, Service>,
        /// The scheduled tasks by path (`\Microsoft\…`).
        pub tasks: Map<Name, Task>,
        /// The devices by instance id.
        pub devices: Map<Name, Device>,
        /// The installed programs by display name.
        pub software: Map<Name, Software>,
        /// The accounts by name (`CORP\admin`).
        pub accounts: Map<Name, UserAccount>,
        /// The antivirus program; one without a name does nothing.
        pub antivirus: Antivirus,
        /// The machine's certificate store `My` by thumbprint (upper-case hexadecimal SHA-1).
        pub certificates: Map<Name, Certificate>,
        /// The names of the root certification authorities that the machine trusts.
        pub trusted_roots: BTreeSet<Name>,
        /// What each user's browser holds, by account.
        pub browsers: Map<Name, Browser>,
        /// The real-time clock.
        pub clock: Clock,
        /// What was captured when the machine started.
        pub boot: Boot,
        /// Volumes mounted over iSCSI by letter.
        pub mounts: Map<Name, Mount>,
        /// What the Volume Shadow Copy service is making snapshots for, by the program that asked.
        pub snapshot_sets: Map<Name, SnapshotSet>,
        /// The event logs by name, oldest record first.
        pub events: Map<Name, Vec<EventRecord>>,
    }

    /// An operating system.
    pub struct Os {
        /// Its product name.
        pub caption: String,
        /// Its build number.
        pub build: u32,
        /// Updates that are offered and not installed, by KB number.
        pub missing_updates: BTreeSet<String>,
        /// Updates that are installed, by KB number.
        pub installed_updates: Map<Name, Update>,
    }

    /// An installed update.
    pub struct Update {
        /// Whether it closes a security gap.
        pub security: bool,
        /// When it was installed.
        pub installed: Timestamp,
    }

    /// A volume.
    pub struct Volume {
        /// Its size in bytes.
        pub size: u64,
        /// Its free bytes.
        pub free: u64,
        /// What it is.
        pub kind: VolumeKind,
        /// Whether its disk is online; nobody gets at one that is not.
        pub online: bool,
        /// The account whose sessions alone have the letter; nothing where every account has it.
        pub mapped_by: Option<Name>,
        /// Its file system (`NTFS`).
        pub file_system: String,
        /// Its BitLocker state.
        pub bitlocker: BitLocker,
        /// The most bytes that its shadow copies may take (`vssadmin resize shadowstorage`); nothing where Windows
        /// decides by itself.
        pub shadow_storage: Option<u64>,
        /// The files that NTFS has noted for repair (`$Repair:$Corrupt`): their records do not fit their clusters.
        pub noted_for_repair: BTreeSet<WinPath>,
    }

    /// A file. Its size counts; its content may be shorter, where only the size matters.
    pub struct File {
        /// The bytes that matter.
        pub content: Content,
        /// Its size in bytes, as the volume accounts it.
        pub size: u64,
        /// When it was last written.
        #[serde(default)]
        pub modified: Timestamp,
        /// Its attributes.
        #[serde(default)]
        pub attributes: BTreeSet<FileAttribute>,
    }

    /// Numbered files with one name pattern, such as `tmp1A2B.tmp`.
    pub struct Series {
        /// The extension without its dot.
        pub extension: String,
        /// How many there are.
        pub count: u32,
    }

    /// A service.
    pub struct Service {
        /// Its display name.
        pub display: String,
        /// Whether it runs.
        pub state: ServiceState,
        /// When it starts.
        pub start: StartType,
        /// The account that it runs as.
        pub account: String,
        /// Whether it answers its callers while it runs.
        pub responding: bool,
    }

    /// A scheduled task with daily triggers.
    pub struct Task {
        /// Whether the task as a whole is enabled.
        pub enabled: bool,
        /// Its trigger.
        pub trigger: Trigger,
        /// Further triggers, by the names that the lab gives them.
        pub more_triggers: Map<Name, Trigger>,
        /// What is done when a trigger comes due while the task is already running.
        pub if_running: IfRunning,
        /// The account that it runs as.
        pub account: Name,
        /// The program.
        pub command: String,
        /// The program's arguments.
        pub arguments: String,
        /// When it last ran, in machine time; `None` if never.
        pub last_run: Option<Timestamp>,
        /// The result of the last run; 267011 where it never ran.
        pub last_result: u32,
    }

    /// A daily trigger.
    pub struct Trigger {
        /// Whether it fires.
        pub enabled: bool,
        /// Minutes after local midnight.
        pub minute_of_day: u32,
    }

    /// A device.
    pub struct Device {
        /// The name in the Device Manager.
        pub name: String,
        /// Its class (`SCSIAdapter`); empty for a device without driver.
        pub class: String,
        /// Its hardware ids.
        pub hardware_ids: Vec<String>,
        /// Whether it works.
        pub status: DeviceStatus,
    }

    /// An installed program.
    pub struct Software {
        /// Its version.
        pub version: String,
    }

    /// An account of the machine or of its domain.
    pub struct UserAccount {
        /// Its security identifier.
        pub sid: String,
        /// The local groups that it is in.
        pub groups: BTreeSet<Name>,
        /// Its user principal name at the login service; empty for an account without one.
        pub upn: String,
    }

    /// An antivirus program.
    pub struct Antivirus {
        /// Its name; empty where none is installed.
        pub product: String,
        /// The files, folders and programs to which it denies access unless an exclusion covers them.
        pub blocked: BTreeSet<WinPath>,
        /// Its exclusions: files, folders and programs.
        pub exclusions: BTreeSet<WinPath>,
        /// How it refuses to let a file be read.
        pub refusal: Refusal,
    }

    /// A certificate with its private key in the machine's store.
    pub struct Certificate {
        /// Its subject (`CN=…`).
        pub subject: String,
        /// The certificate, DER.
        pub der: Content,
        /// The private key, PKCS#8 DER. The host port never shows it.
        pub key: Content,
    }

    /// What a user's browser holds.
    pub struct Browser {
        /// Stored answers by URL.
        pub cache: Map<Name, CachedAnswer>,
        /// The cookie of the portal's session; empty if no user is signed in.
        pub portal_session: String,
    }

    /// An answer that a browser stored.
    pub struct CachedAnswer {
        /// The HTTP status.
        pub status: u32,
        /// The body.
        pub body: String,
    }

    /// The real-time clock. Windows keeps it in local time.
    pub struct Clock {
        /// How many seconds the local time that it shows is ahead of true UTC.
        pub ahead_seconds: i64,
        /// The time zone that Windows believes in.
        pub zone: Zone,
    }

    /// What was captured when the machine started.
    pub struct Boot {
        /// Counts the starts.
        pub id: u64,
        /// When it started (true time).
        pub at: Timestamp,
        /// The environment of services and tasks.
        pub environment: Map<Name, String>,
    }

    /// Snapshots of some volumes, of one moment.
    pub struct SnapshotSet {
        /// When they are made (true time); until then no other set is begun.
        pub ready_at: Timestamp,
    }

    /// A volume mounted over iSCSI.
    pub struct Mount {
        /// The iSCSI portal and target.
        pub target: String,
        /// Since when (true time).
        pub since: Timestamp,
    }
}

impl Clock {
    /// The machine's idea of UTC at the true time `at`: its local clock, less the offset of its time zone.
    pub fn utc(&self, at: Timestamp) -> Timestamp {
        let offset = i64::from(self.zone.utc_offset_minutes).saturating_mul(60);
        let shift = SignedDuration::from_secs(self.ahead_seconds.saturating_sub(offset));
        at.saturating_add(shift).unwrap_or(at)
    }
}

impl Volume {
    /// A fixed disk that is online, formatted with NTFS and not encrypted; sizes in bytes.
    pub fn ntfs(size: u64, free: u64) -> Self {
        Self {
            size,
            free,
            kind: VolumeKind::Fixed,
            online: true,
            mapped_by: None,
            file_system: "NTFS".to_owned(),
            bitlocker: BitLocker::Off,
            shadow_storage: None,
            noted_for_repair: BTreeSet::new(),
        }
    }
}

impl Machine {
    /// What a restart does: services that start by themselves run and answer, others are stopped; the environment
    /// is captured anew; mounted volumes and unfinished snapshots are gone, and so are programs that had files open; devices
    /// that waited for it work.
    pub fn restart(&mut self, now: Timestamp) {
        self.boot = Boot { id: self.boot.id + 1, at: now, environment: self.environment.clone() };
        self.mounts.clear();
        self.snapshot_sets.clear();
        self.open_files.clear();
        let waits = |device: &&mut Device| device.status == DeviceStatus::RestartNeeded;
        for device in self.devices.values_mut().filter(waits) {
            device.status = DeviceStatus::Started;
        }
        for service in self.services.values_mut() {
            service.responding = true;
            service.state = match service.start {
                StartType::Automatic => ServiceState::Running,
                StartType::Manual | StartType::Disabled => ServiceState::Stopped,
            };
        }
    }
}

/// A language of Windows and of the agent.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
    /// Korean.
    #[serde(rename = "ko")]
    Korean,
    /// Chinese (Traditional).
    #[serde(rename = "zh-TW")]
    ChineseTraditional,
}

/// Where a machine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// On its owner's hardware or hypervisor.
    OnPremises,
    /// As a virtual machine in Azure.
    AzureVm,
}

/// What a volume is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VolumeKind {
    /// A fixed disk.
    Fixed,
    /// A removable disk.
    Removable,
    /// A share of another machine.
    Network,
}

/// How an antivirus program refuses to let a file be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// As a program that has the file open itself.
    #[default]
    SharingViolation,
    /// As an access list would.
    AccessDenied,
}

/// A volume's BitLocker state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BitLocker {
    /// Not encrypted.
    Off,
    /// Encrypted and open.
    Unlocked,
    /// Encrypted and closed.
    Locked,
}

/// An attribute of a file.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FileAttribute {
    /// Compressed by NTFS.
    Compressed,
    /// Encrypted by EFS.
    Encrypted,
    /// Sparse.
    Sparse,
    /// A reparse point.
    ReparsePoint,
    /// One of several hard links.
    HardLink,
    /// Its content is in a cloud and is fetched when it is read (`FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`).
    RecallOnDataAccess,
}

/// A value of the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegValue {
    /// REG_SZ.
    Text(String),
    /// REG_DWORD.
    Number(u32),
    /// REG_BINARY.
    Binary(Content),
}

impl From<&str> for RegValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for RegValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for RegValue {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

/// Whether a service runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// It runs.
    Running,
    /// It does not.
    Stopped,
}

/// When a service starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StartType {
    /// With Windows.
    Automatic,
    /// When it is asked for.
    Manual,
    /// Never.
    Disabled,
}

/// What the Task Scheduler does when a task that is already running comes due (`MultipleInstancesPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IfRunning {
    /// Do not start a new instance.
    IgnoreNew,
    /// Run a new instance in parallel.
    Parallel,
}

/// Whether a device works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceStatus {
    /// It works.
    Started,
    /// It does not, until something is done ("This device cannot start", code 10; without a driver, code 28).
    Problem,
    /// It does not until Windows is restarted (code 14).
    RestartNeeded,
}

/// A time zone as Windows names it. Daylight saving is left out: the lab's zones have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Zone {
    /// The Windows id (`Taipei Standard Time`).
    pub id: String,
    /// Minutes ahead of UTC.
    pub utc_offset_minutes: i32,
}

/// A record of an event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EventRecord {
    /// When it was written, in machine time.
    pub at: Timestamp,
    /// The event's number.
    pub id: u32,
    /// The program that wrote it.
    pub source: String,
    /// Its text.
    pub message: String,
}

impl Language {
    /// What is this language's own among four: English, Japanese, Korean, Chinese.
    pub const fn pick<T: Copy>(self, [english, japanese, korean, chinese]: [T; 4]) -> T {
        match self {
            Self::English => english,
            Self::Japanese => japanese,
            Self::Korean => korean,
            Self::ChineseTraditional => chinese,
        }
    }

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        self.pick(["en", "ja", "ko", "zh-TW"])
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text.to_ascii_lowercase().as_str() {
            "en" => Ok(Self::English),
            "ja" => Ok(Self::Japanese),
            "ko" => Ok(Self::Korean),
            "zh" | "zh-tw" => Ok(Self::ChineseTraditional),
            _ => Err(UnknownLanguage(text.to_owned())),
        }
    }
}

/// The text is not the tag of a supported language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language `{0}`; expected `en`, `ja`, `ko` or `zh-TW`")]
pub struct UnknownLanguage(pub String);

leaf! {
    Language, Platform, VolumeKind, BitLocker, BTreeSet<FileAttribute>, RegValue, ServiceState, StartType,
    DeviceStatus, Zone, Vec<EventRecord>, Option<Timestamp>, Option<u64>, Option<Name>, IfRunning, Refusal,
}
