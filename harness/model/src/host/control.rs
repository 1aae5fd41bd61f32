//! What a program can do to the machine, beyond reading.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::Serialize;
use thiserror::Error;

use super::errors::{HostError, code_of};
use super::{Account, CertificateInfo, FileError, HostRead, RegistryValue, ServiceError};
use crate::names::{KeyPath, Name, WinPath};
use crate::net::{Address, DialError};
use crate::world::TlsVersion;

/// What a program may do beyond reading. Only the lab's own machine has this side: nothing outside of it is changed.
#[async_trait]
pub trait HostControl: HostRead {
    /// Writes a file of `size` bytes, of which `content` are those that matter (`CreateFileW`, `WriteFile`). The volume
    /// must have the space; the folder need not exist.
    fn write_file(
        &self,
        who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError>;

    /// Removes a file (`DeleteFileW`).
    fn remove_file(&self, who: &Account, path: &WinPath) -> Result<(), FileError>;

    /// Makes an empty file with a name that Windows picks, `tmpXXXX.tmp`, in `folder` (`GetTempFileNameW`).
    fn temporary_file(&self, who: &Account, folder: &WinPath) -> Result<WinPath, FileError>;

    /// Sets a value of the registry; its key is created if it does not exist (`RegSetKeyValueW`).
    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegistryValue);

    /// Removes a value of the registry (`RegDeleteKeyValueW`).
    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name);

    /// Starts a service (`StartServiceW`). Succeeds if it already runs.
    fn start_service(&self, name: &Name) -> Result<(), ServiceError>;

    /// Stops a service, or ends its process (`ControlService`, `TerminateProcess`). Succeeds if it is already
    /// stopped.
    fn stop_service(&self, name: &Name) -> Result<(), ServiceError>;

    /// Calls a service through its own RPC interface, as its programs do, and waits for the answer in world time.
    fn call_service(&self, name: &Name) -> Result<(), RpcError>;

    /// Starts a program (`CreateProcessW`); antivirus may stop it.
    fn launch(&self, who: &Account, program: &WinPath) -> Result<(), LaunchError>;

    /// Asks whether an account may download a file from a URL (`IInternetSecurityManager::ProcessUrlAction` of urlmon with
    /// `URLACTION_SHELL_FILE_DOWNLOAD`). The URL's security zone decides.
    fn download_policy(&self, who: &Account, url: &str) -> UrlPolicy;

    /// The TLS versions that a program offers when it opens a connection, oldest first: those of a credential of SCHANNEL
    /// (`SECPKG_ATTR_SUPPORTED_PROTOCOLS`), for managed programs those of `ServicePointManager.SecurityProtocol`.
    fn tls_versions(&self, client: TlsClient) -> Vec<TlsVersion>;

    /// Writes a record to an event log, dated by the machine's clock (`ReportEventW`).
    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str);

    /// Makes an RSA key of 2048 bits in the machine's key store (`NCryptCreatePersistedKey`); PKCS#8 DER.
    fn make_rsa_key(&self) -> Vec<u8>;

    /// Puts a certificate and its private key (PKCS#8 DER) into the machine's store.
    fn install_certificate(&self, certificate: &CertificateInfo, key: &[u8]);

    /// Removes a certificate and its private key from the machine's store. Succeeds if it is missing.
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

    /// Has the Volume Shadow Copy service make a snapshot of these volumes, to read files that change meanwhile
    /// (`IVssBackupComponents::DoSnapshotSet`). It goes when the program has ended; nothing of it stays.
    fn take_snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError>;

    /// Attaches the virtual hard disk in a file, and lets go of it again (`OpenVirtualDisk`, `AttachVirtualDisk`).
    fn attach_virtual_disk(&self, path: &WinPath) -> Result<(), VirtualDiskError>;

    /// Attaches a volume through the iSCSI initiator of Windows (`LoginIScsiTargetW`); returns its drive letter.
    async fn attach_volume(&self, portal: &Address, target: &str) -> Result<Name, AttachError>;

    /// Reads all that is on a volume that was attached so, over a connection to its portal (`ReadFile`).
    async fn read_attached_volume(&self, letter: &Name) -> Result<(), VolumeError>;

    /// Detaches a volume (`LogoutIScsiTarget`).
    fn detach_volume(&self, letter: &Name);
}

/// Why a call of a service was not answered; the numbers are RPC statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RpcError {
    /// `RPC_S_ACCESS_DENIED`: the account may not call it.
    #[error("access is denied (5)")]
    AccessDenied,
    /// `RPC_S_SERVER_UNAVAILABLE`: no such service runs.
    #[error("the RPC server is unavailable (1722)")]
    ServerUnavailable,
    /// `RPC_S_CALL_FAILED`: the service's process ended during the call.
    #[error("the remote procedure call failed (1726)")]
    CallFailed,
    /// `RPC_S_CALL_CANCELLED`: it did not answer for as long as the caller waits.
    #[error("the remote procedure call was cancelled (1818)")]
    Cancelled,
}

/// Why a volume was not attached over iSCSI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum AttachError {
    /// `ERROR_SERVICE_NOT_ACTIVE`: the initiator service does not run.
    #[error("the iSCSI initiator service has not been started (1062)")]
    ServiceNotStarted,
    /// `ERROR_SERVICE_REQUEST_TIMEOUT`: the initiator service runs but does not answer.
    #[error("the iSCSI initiator service does not answer")]
    NotResponding,
    /// `ERROR_NO_SUCH_DEVICE`: the initiator's device is missing or does not work.
    #[error("the machine has no iSCSI initiator")]
    NoInitiator,
    /// The portal could not be reached.
    #[error("the iSCSI portal could not be reached: {0}")]
    Unreachable(DialError),
    /// `ERROR_ACCESS_DENIED`: the portal refused the target.
    #[error("the iSCSI portal refused the login")]
    Refused,
    /// `ERROR_NO_MORE_ITEMS`: no drive letter is left.
    #[error("no drive letter is free")]
    NoLetter,
}

/// Why a volume that was attached over iSCSI was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum VolumeError {
    /// `ERROR_PATH_NOT_FOUND`: no volume with this letter is attached.
    #[error("the path does not exist (3)")]
    NotAttached,
    /// `ERROR_IO_DEVICE`: the connection to the portal was lost.
    #[error("the request failed because of an I/O device error (1117)")]
    Device,
}

/// Why a program was not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum LaunchError {
    /// `ERROR_FILE_NOT_FOUND`: the program's file does not exist.
    #[error("the program does not exist (2)")]
    NotFound,
    /// `ERROR_ACCESS_DENIED`: antivirus, an access list or a policy stopped it.
    #[error("the program was blocked (5)")]
    Blocked,
    /// `ERROR_SHARING_VIOLATION`.
    #[error("another process uses the program's file (32)")]
    SharingViolation,
}

/// What Windows lets a program do with a URL (`URLPOLICY_…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlPolicy {
    /// It may.
    Allow,
    /// It has to ask the user.
    Query,
    /// It may not.
    Disallow,
}

/// What kind of program opens a TLS connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsClient {
    /// One on the .NET Framework 4, which chooses among the versions of SCHANNEL.
    Managed,
    /// A browser, or another program that leaves the choice to SCHANNEL.
    Native,
}

/// A command that PowerShell ran after it had loaded the command's module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cmdlet {
    /// The command's name.
    pub name: String,
    /// As whom.
    pub who: Account,
}

/// The result of waiting for the Task Scheduler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// How many seconds the wait took.
    pub waited: u32,
    /// The commands that really ran, in order.
    pub ran: Vec<Cmdlet>,
}

/// Why no snapshot was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case")]
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

/// Why a virtual hard disk was not attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum VirtualDiskError {
    /// `ERROR_FILE_NOT_FOUND`.
    #[error("the file does not exist (2)")]
    NotFound,
    /// `ERROR_VIRTUAL_DISK_LIMITATION`: the file is compressed, encrypted or sparse.
    #[error(
        "virtual hard disk files must be uncompressed and unencrypted and must not be sparse (0xC03A001A)"
    )]
    Limitation,
}

impl HostError for AttachError {
    fn number(&self) -> u32 {
        match self {
            Self::Refused => 5,
            Self::NoLetter => 259,
            Self::NoInitiator => 433,
            Self::NotResponding => 1053,
            Self::ServiceNotStarted => 1062,
            Self::Unreachable(error) => error.number(),
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl HostError for LaunchError {
    fn number(&self) -> u32 {
        match self {
            Self::NotFound => 2,
            Self::Blocked => 5,
            Self::SharingViolation => 32,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl HostError for VolumeError {
    fn number(&self) -> u32 {
        match self {
            Self::NotAttached => 3,
            Self::Device => 1117,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl HostError for VirtualDiskError {
    fn number(&self) -> u32 {
        match self {
            Self::NotFound => 2,
            Self::Limitation => 0xc03a_001a,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl HostError for SnapshotError {
    fn number(&self) -> u32 {
        match self {
            Self::InProgress => 0x8004_2316,
            Self::ServiceDisabled => 0x8007_0422,
            Self::InsufficientStorage => 0x8004_231f,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}
