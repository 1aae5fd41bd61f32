//! The host port: what a program on a machine can see ([`HostRead`]) and do ([`HostControl`]).
//!
//! Every call is made *as* an [`Account`] where Windows tells accounts apart. Times are the machine's: what its
//! clock says, right or wrong.

use std::collections::BTreeSet;
use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::names::{HostName, KeyPath, Name, WinPath};
use crate::net::{Address, Connection, DialError};
use crate::world::{
    AccountFacts, Antivirus, Device, EventRecord, FileAttribute, Language, Os, Platform, RegValue,
    Service, Task, Volume, Zone,
};

/// As whom a call is made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// The operating system's own account.
    System,
    /// A user by account name (`CORP\admin`).
    User(Name),
}

/// Why a file operation failed; the numbers are Win32 error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum FileError {
    /// ERROR_FILE_NOT_FOUND.
    #[error("the file does not exist (2)")]
    NotFound,
    /// ERROR_ACCESS_DENIED.
    #[error("access is denied (5)")]
    AccessDenied,
    /// ERROR_SHARING_VIOLATION.
    #[error("another process uses the file (32)")]
    SharingViolation,
    /// ERROR_DISK_FULL.
    #[error("the volume has not enough space (112)")]
    DiskFull,
    /// ERROR_INVALID_NAME, or a volume that does not exist.
    #[error("the path is not valid (123)")]
    InvalidPath,
    /// ERROR_BAD_NETPATH.
    #[error("the network path was not found (53)")]
    NetworkPath,
    /// ERROR_FILE_EXISTS, for temporary names: every one is taken.
    #[error("no more temporary names (80)")]
    NamesExhausted,
    /// ERROR_FILE_CORRUPT.
    #[error("the file or directory is corrupted and unreadable (1392)")]
    Corrupt,
    /// ERROR_CLOUD_FILE_ACCESS_DENIED.
    #[error("access to the cloud file is denied (395)")]
    CloudFile,
    /// The file is larger than [`FILE_BYTES_MAX`].
    #[error("the file is too large to be read whole")]
    TooLarge,
}

impl FileError {
    /// The number of the Win32 error.
    pub const fn win32(self) -> u32 {
        match self {
            Self::NotFound => 2,
            Self::AccessDenied => 5,
            Self::SharingViolation => 32,
            Self::NetworkPath => 53,
            Self::NamesExhausted => 80,
            Self::DiskFull => 112,
            Self::InvalidPath => 123,
            // ERROR_FILE_TOO_LARGE: what the port does not carry.
            Self::TooLarge => 223,
            Self::CloudFile => 395,
            Self::Corrupt => 1392,
        }
    }
}

/// What is known of a file or folder without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FileInfo {
    /// Its path, in the case in which it was made.
    pub path: WinPath,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size in bytes; 0 for a folder.
    pub size: u64,
    /// When it was last written (machine time); nothing for a folder.
    pub modified: Option<Timestamp>,
    /// Its attributes; none for a folder.
    pub attributes: BTreeSet<FileAttribute>,
}

/// Files and volumes.
pub trait Files {
    /// The content of a file.
    fn read_file(&self, who: &Account, path: &WinPath) -> Result<Vec<u8>, FileError>;
    /// What is known of a file or folder.
    fn file_info(&self, who: &Account, path: &WinPath) -> Result<FileInfo, FileError>;
    /// What lies directly in a folder, sorted; numbered series of files are left out, see
    /// [`Files::count_files`]. An absent folder is an error.
    fn list_folder(&self, who: &Account, folder: &WinPath) -> Result<Vec<FileInfo>, FileError>;
    /// How many files with this extension lie directly in a folder; 0 for an absent folder.
    fn count_files(
        &self,
        who: &Account,
        folder: &WinPath,
        extension: &str,
    ) -> Result<u64, FileError>;
    /// The volumes by letter.
    fn volumes(&self) -> Vec<(Name, Volume)>;
}

/// The registry.
pub trait Registry {
    /// One value. `HKCU\…` is the account's own hive (`HKU\<sid>\…`).
    fn registry_value(&self, who: &Account, key: &KeyPath, name: &Name) -> Option<RegValue>;
    /// The values of a key; none for an absent key.
    fn registry_values(&self, who: &Account, key: &KeyPath) -> Vec<(Name, RegValue)>;
    /// The keys directly below a key.
    fn registry_subkeys(&self, who: &Account, key: &KeyPath) -> Vec<KeyPath>;
}

/// The system: services, tasks, devices, programs, accounts, clock.
pub trait System {
    /// The machine's computer name.
    fn computer_name(&self) -> Name;
    /// The machine's full DNS name.
    fn full_name(&self) -> Name;
    /// The language of Windows.
    fn language(&self) -> Language;
    /// The operating system.
    fn os(&self) -> Os;
    /// Where the machine runs.
    fn platform(&self) -> Platform;
    /// A service by service name.
    fn service(&self, name: &Name) -> Option<Service>;
    /// A scheduled task by path.
    fn task(&self, path: &Name) -> Option<Task>;
    /// The devices by instance id.
    fn devices(&self) -> Vec<(Name, Device)>;
    /// The installed programs and their versions.
    fn software(&self) -> Vec<(Name, String)>;
    /// The installed programs of another computer and their versions, as the administrator of both reads them over the
    /// network; nothing where there is no such computer.
    fn software_of(&self, computer: &Name) -> Option<Vec<(Name, String)>>;
    /// An account.
    fn account(&self, name: &Name) -> Option<AccountFacts>;
    /// The accounts that have profiles on the machine.
    fn users(&self) -> Vec<Name>;
    /// The antivirus program and its exclusions.
    fn antivirus(&self) -> Antivirus;
    /// The machine's environment variables as configured now.
    fn environment(&self) -> Vec<(Name, String)>;
    /// The environment variables that services and tasks got when the machine started.
    fn environment_at_boot(&self) -> Vec<(Name, String)>;
    /// The machine's idea of UTC: its local clock less its zone's offset.
    fn now(&self) -> Timestamp;
    /// The machine's time zone.
    fn zone(&self) -> Zone;
    /// The records of an event log, oldest first; none for an absent log.
    fn events(&self, log: &Name) -> Vec<EventRecord>;
    /// The certificates in the machine's store `My`: thumbprint, subject and DER. Private keys stay where they are.
    fn certificates(&self) -> Vec<CertificateInfo>;
    /// The root certificates that the machine trusts, DER.
    fn trusted_roots(&self) -> Vec<Vec<u8>>;
    /// The session cookie of a user who is signed in to the portal.
    fn portal_session(&self, user: &Name) -> Option<String>;
    /// An answer in a user's browser cache.
    fn cached_answer(&self, user: &Name, url: &str) -> Option<(u32, String)>;
    /// The letters of mounted recovery volumes.
    fn mounts(&self) -> Vec<Name>;
}

/// A certificate in the machine's store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CertificateInfo {
    /// SHA-1 of the DER, upper-case hexadecimal.
    pub thumbprint: Name,
    /// The subject (`CN=…`).
    pub subject: String,
    /// The certificate.
    pub der: Vec<u8>,
}

/// The network as the machine reaches it.
#[async_trait]
pub trait Network: Send + Sync {
    /// The addresses of a name.
    async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError>;
    /// Opens a TCP connection, without any proxy.
    async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError>;
}

/// What a diagnostic core may use. It changes nothing.
pub trait HostRead: Files + Registry + System + Network {}

impl<T: Files + Registry + System + Network> HostRead for T {}

/// Why a volume was not attached over iSCSI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AttachError {
    /// The initiator service does not run (Win32 error 1062).
    #[error("the iSCSI initiator service has not been started (1062)")]
    ServiceNotStarted,
    /// The initiator service runs but does not answer.
    #[error("the iSCSI initiator service does not answer")]
    NotResponding,
    /// The initiator's device is missing or does not work.
    #[error("the machine has no iSCSI initiator")]
    NoInitiator,
    /// The portal could not be reached.
    #[error("the iSCSI portal could not be reached: {0}")]
    Unreachable(DialError),
    /// The portal refused the target.
    #[error("the iSCSI portal refused the login")]
    Refused,
    /// No drive letter is left.
    #[error("no drive letter is free")]
    NoLetter,
}

/// Why a service was not started or stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ServiceError {
    /// Win32 error 1060.
    #[error("the service does not exist (1060)")]
    Missing,
    /// Win32 error 1058.
    #[error("the service is disabled (1058)")]
    Disabled,
}

/// Why a program was not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LaunchError {
    /// The program's file does not exist.
    #[error("the program does not exist (2)")]
    NotFound,
    /// Antivirus or a policy stopped it.
    #[error("the program was blocked (5)")]
    Blocked,
}

/// A command that PowerShell ran after it had loaded the command's module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cmdlet {
    /// The command's name.
    pub name: String,
    /// As whom.
    pub who: Account,
}

/// What came of waiting for the Task Scheduler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// How many seconds the wait took.
    pub waited: u32,
    /// The commands that really ran, in order.
    pub ran: Vec<Cmdlet>,
}

/// Why no snapshot was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// VSS_E_SNAPSHOT_SET_IN_PROGRESS.
    #[error("another shadow copy is being created (0x80042316)")]
    InProgress,
    /// ERROR_SERVICE_DISABLED, as an HRESULT.
    #[error("the Volume Shadow Copy service cannot be started (0x80070422)")]
    ServiceDisabled,
    /// VSS_E_INSUFFICIENT_STORAGE.
    #[error("there is too little shadow storage for the shadow copy (0x8004231F)")]
    InsufficientStorage,
}

/// What a program may do beyond looking.
#[async_trait]
pub trait HostControl: HostRead {
    /// Writes a file of `size` bytes, of which `content` are those that matter. The volume must have the space;
    /// the folder need not exist.
    fn write_file(
        &self,
        who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError>;
    /// Removes a file.
    fn remove_file(&self, who: &Account, path: &WinPath) -> Result<(), FileError>;
    /// Makes an empty file with a name that Windows picks (`tmpXXXX.tmp`, GetTempFileName) in `folder`.
    fn temporary_file(&self, who: &Account, folder: &WinPath) -> Result<WinPath, FileError>;
    /// Sets a value of the registry.
    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegValue);
    /// Removes a value of the registry.
    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name);
    /// Starts a service. That it runs already is no error.
    fn start_service(&self, name: &Name) -> Result<(), ServiceError>;
    /// Stops a service. That it is stopped already is no error.
    fn stop_service(&self, name: &Name) -> Result<(), ServiceError>;
    /// Starts a program; antivirus may stop it.
    fn launch(&self, who: &Account, program: &WinPath) -> Result<(), LaunchError>;
    /// Writes a record to an event log, dated by the machine's clock.
    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str);
    /// Makes an RSA key of 2048 bits in the machine's key store; PKCS#8 DER.
    fn make_rsa_key(&self) -> Vec<u8>;
    /// Puts a certificate and its private key (PKCS#8 DER) into the machine's store.
    fn install_certificate(&self, certificate: &CertificateInfo, key: &[u8]);
    /// Removes a certificate and its private key from the machine's store. That it is not there is no error.
    fn remove_certificate(&self, thumbprint: &Name);
    /// The private key of a certificate in the machine's store (PKCS#8 DER).
    fn private_key(&self, thumbprint: &Name) -> Option<Vec<u8>>;
    /// Random bytes that no other caller gets; from the lab's seed.
    fn random(&self, bytes: &mut [u8]);
    /// Waits, in world time.
    fn wait(&self, seconds: u32);
    /// Keeps the portal's session cookie in a user's browser.
    fn keep_portal_session(&self, user: &Name, session: &str);
    /// Waits for the next minute in which an enabled trigger of the machine's tasks comes due, and lets Windows run what
    /// it would run then. Nothing, and no time passes, where none comes due within so many seconds.
    async fn let_tasks_run(&self, seconds: u32) -> Option<Due>;
    /// Has the Volume Shadow Copy service make a snapshot of these volumes, to read files that change meanwhile. It goes
    /// when the program has ended; nothing of it stays.
    fn take_snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError>;
    /// Attaches a volume through the iSCSI initiator of Windows; returns its drive letter.
    async fn attach_volume(&self, portal: &Address, target: &str) -> Result<Name, AttachError>;
    /// Detaches a volume.
    fn detach_volume(&self, letter: &Name);
}

/// The most bytes that a file may have to be read whole.
pub const FILE_BYTES_MAX: u64 = 4 << 20;
