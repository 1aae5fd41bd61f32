//! A machine as plain values.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use marslab_model::host::{
    AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, Due, EventRecord,
    FileError, FileInfo, LaunchError, OsInfo, RegistryValue, ServiceInfo, SnapshotError, TaskInfo,
    TimeZoneInfo, UrlPolicy, VirtualDiskError, VolumeInfo,
};
use marslab_model::world::{
    BitLocker, FileAttribute, Language, Platform, ServiceState, StartType, TlsVersion, VolumeKind,
};
use marslab_model::{Content, KeyPath, Name, WinPath};

/// What a [`TestHost`](crate::TestHost) answers. Nothing follows from anything else here: a test says what each call gives.
#[derive(Clone, Debug)]
pub struct TestMachine {
    /// The computer name.
    pub computer_name: Name,
    /// The full DNS name.
    pub full_name: Name,
    /// The language.
    pub language: Language,
    /// The operating system.
    pub os: OsInfo,
    /// Where it runs.
    pub platform: Platform,
    /// What its clock says.
    pub now: Timestamp,
    /// Its time zone.
    pub zone: TimeZoneInfo,
    /// The volumes.
    pub volumes: BTreeMap<Name, VolumeInfo>,
    /// The files.
    pub files: BTreeMap<WinPath, TestFile>,
    /// What touching a path, or anything below it, gives.
    pub barred: BTreeMap<WinPath, FileError>,
    /// What reading a path, or anything below it, gives in place of its content.
    pub unreadable: BTreeMap<WinPath, FileError>,
    /// The accounts that a path's own access list denies; what they get there is up to the test.
    pub denied: BTreeMap<WinPath, BTreeSet<Name>>,
    /// The programs that have a file open; what reading it gives is up to the test.
    pub file_users: BTreeMap<WinPath, BTreeSet<Name>>,
    /// The attributes of folders.
    pub folder_attributes: BTreeMap<WinPath, BTreeSet<FileAttribute>>,
    /// How many files are counted in a folder, whatever lies there.
    pub counts: BTreeMap<WinPath, u64>,
    /// The values of the registry. `HKCU` of an account in [`accounts`](Self::accounts) is `HKU\` and its identifier.
    pub registry: BTreeMap<(KeyPath, Name), RegistryValue>,
    /// The services.
    pub services: BTreeMap<Name, ServiceInfo>,
    /// The services that do not answer while they run.
    pub hung: BTreeSet<Name>,
    /// The scheduled tasks.
    pub tasks: BTreeMap<Name, TaskInfo>,
    /// The devices.
    pub devices: BTreeMap<Name, DeviceInfo>,
    /// The installed programs.
    pub software: BTreeMap<Name, String>,
    /// The installed programs of other computers.
    pub software_of: BTreeMap<Name, BTreeMap<Name, String>>,
    /// The accounts.
    pub accounts: BTreeMap<Name, AccountInfo>,
    /// Those with profiles.
    pub users: BTreeSet<Name>,
    /// The antivirus program.
    pub antivirus: AntivirusStatus,
    /// The environment as configured.
    pub environment: BTreeMap<Name, String>,
    /// The environment of services.
    pub environment_at_boot: BTreeMap<Name, String>,
    /// The event logs.
    pub events: BTreeMap<Name, Vec<EventRecord>>,
    /// The certificates.
    pub certificates: Vec<CertificateInfo>,
    /// The roots that are trusted.
    pub trusted_roots: Vec<Content>,
    /// The sessions at the portal, by user.
    pub sessions: BTreeMap<Name, String>,
    /// What every user's browser keeps, by URL.
    pub cached: BTreeMap<String, CachedAnswer>,
    /// The mounted recovery volumes.
    pub mounts: BTreeSet<Name>,
    /// What starting a program gives, where it is not success.
    pub launches: BTreeMap<WinPath, LaunchError>,
    /// Whether files may be downloaded, from anywhere.
    pub downloads: UrlPolicy,
    /// The TLS versions that every program offers.
    pub tls_versions: Vec<TlsVersion>,
    /// What attaching a virtual hard disk gives.
    pub virtual_disk: Result<(), VirtualDiskError>,
    /// What asking for a snapshot gives.
    pub snapshot: Result<(), SnapshotError>,
    /// When the tasks come due next, and what runs then.
    pub due: Option<Due>,
    /// Where connections were to go, in order.
    pub dialled: Vec<String>,
    /// How often randomness was asked for.
    pub drawn: u8,
}

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestFile {
    /// Its bytes.
    pub content: Content,
    /// Its size, which may be more than its bytes.
    pub size: u64,
    /// When it was last written.
    pub modified: Timestamp,
    /// Its attributes.
    pub attributes: BTreeSet<FileAttribute>,
}

impl TestFile {
    /// A file of these bytes.
    pub fn new(content: impl Into<Content>, modified: Timestamp) -> Self {
        let content = content.into();
        let size = u64::try_from(content.bytes().len()).unwrap_or(u64::MAX);
        Self { content, size, modified, attributes: BTreeSet::new() }
    }

    pub(crate) fn info(&self, path: &WinPath) -> FileInfo {
        FileInfo {
            path: path.clone(),
            folder: false,
            size: self.size,
            modified: Some(self.modified),
            attributes: self.attributes.clone(),
        }
    }
}

impl TestMachine {
    /// `SRV01.contoso.example`, in English and in UTC, on which there is nothing.
    pub fn bare(now: Timestamp) -> Self {
        Self {
            computer_name: Name::new("SRV01"),
            full_name: Name::new("SRV01.contoso.example"),
            language: Language::English,
            os: OsInfo::default(),
            platform: Platform::OnPremises,
            now,
            zone: TimeZoneInfo { id: "UTC".to_owned(), utc_offset_minutes: 0 },
            volumes: BTreeMap::new(),
            files: BTreeMap::new(),
            barred: BTreeMap::new(),
            unreadable: BTreeMap::new(),
            denied: BTreeMap::new(),
            file_users: BTreeMap::new(),
            folder_attributes: BTreeMap::new(),
            counts: BTreeMap::new(),
            registry: BTreeMap::new(),
            services: BTreeMap::new(),
            hung: BTreeSet::new(),
            tasks: BTreeMap::new(),
            devices: BTreeMap::new(),
            software: BTreeMap::new(),
            software_of: BTreeMap::new(),
            accounts: BTreeMap::new(),
            users: BTreeSet::new(),
            antivirus: AntivirusStatus::default(),
            environment: BTreeMap::new(),
            environment_at_boot: BTreeMap::new(),
            events: BTreeMap::new(),
            certificates: Vec::new(),
            trusted_roots: Vec::new(),
            sessions: BTreeMap::new(),
            cached: BTreeMap::new(),
            mounts: BTreeSet::new(),
            launches: BTreeMap::new(),
            downloads: UrlPolicy::Allow,
            tls_versions: vec![TlsVersion::V1_2],
            virtual_disk: Ok(()),
            snapshot: Ok(()),
            due: None,
            dialled: Vec::new(),
            drawn: 0,
        }
    }

    /// Sets a value of the registry.
    pub fn set_value(&mut self, key: &str, name: &str, value: impl Into<RegistryValue>) {
        self.registry.insert((KeyPath::new(key), Name::new(name)), value.into());
    }

    /// Puts a file there, or in the place of another.
    pub fn put_file(&mut self, path: &str, file: TestFile) {
        self.files.insert(WinPath::new(path), file);
    }
}

/// A fixed NTFS volume, not encrypted.
pub fn volume(size: u64, free: u64) -> VolumeInfo {
    VolumeInfo {
        size,
        free,
        kind: VolumeKind::Fixed,
        file_system: "NTFS".to_owned(),
        bitlocker: BitLocker::Off,
        shadow_storage: None,
    }
}

/// A service that runs and starts by itself, as `LocalSystem`.
pub fn service() -> ServiceInfo {
    ServiceInfo {
        display: String::new(),
        state: ServiceState::Running,
        start: StartType::Automatic,
        account: "LocalSystem".to_owned(),
    }
}
