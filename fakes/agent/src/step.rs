//! The steps of operations: what the agent does before anything can fail.

use std::fmt;

use marslab_model::Operation;
use marslab_model::Operation::{
    Activate, Backup, DownloadCredentials, Register, Restore, ScheduledBackup, SetPassphrase,
};
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};

/// Called with each step that an operation enters, before the agent does what it is named for.
pub type StepObserver<'a> = &'a (dyn Fn(Step) + Send + Sync);

/// Makes the steps, each from its documentation, its name in files and the operations that enter it.
macro_rules! steps {
    ($($(#[doc = $line:literal])+ $step:ident, $name:literal, $operations:expr;)+) => {
        /// What the agent does next. An operation ends at the step whose call of Windows, the network or a server failed.
        ///
        /// Numbers are sections of mars-facts; † marks what no public source shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step {
            $($(#[doc = $line])+ $step,)+
        }

        impl Step {
            /// Every step, in the order in which operations enter them.
            pub const ALL: &'static [Self] = &[$(Self::$step),+];

            const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name in scenario files and reports.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$step => $name,)+
                }
            }

            /// What the agent does there, and the source.
            pub const fn documentation(self) -> &'static str {
                match self {
                    $(Self::$step => concat!($($line),+).trim_ascii(),)+
                }
            }

            /// The operations that enter it.
            pub const fn operations(self) -> &'static [Operation] {
                match self {
                    $(Self::$step => $operations,)+
                }
            }
        }
    };
}

steps! {
    /// Waits for the day's trigger; Windows runs the task, PowerShell, its module and the cmdlet (E7).
    WaitForSchedule, "wait-for-schedule", &[ScheduledBackup];
    /// Calls the service of the engine (5.1).
    CallEngine, "call-engine", AGENT;
    /// Reads the registration from the registry (5.2).
    ReadRegistration, "read-registration", REGISTERED;
    /// Looks for the mark † of a mount that has not ended (E8).
    CheckMount, "check-mount", &[Restore];
    /// Has Windows make a snapshot of the selected volumes (1.10).
    TakeSnapshot, "take-snapshot", &[Backup, ScheduledBackup];
    /// Begins a job; only one may run (1.9).
    BeginJob, "begin-job", &[Backup, ScheduledBackup];
    /// Saves the passphrase in the administrator's documents (E4).
    SavePassphrase, "save-passphrase", &[SetPassphrase];
    /// Starts the engine's program (5.1).
    StartEngine, "start-engine", AGENT;
    /// Runs the C# compiler of each .NET † to build serializers, which antivirus may block (E1, E3).
    BuildSerializers, "build-serializers", AGENT;
    /// Picks the newest credentials file among the administrator's downloads (3.4).
    PickCredentialsFile, "pick-credentials-file", &[Register];
    /// Opens the credentials file (3.6).
    OpenCredentialsFile, "open-credentials-file", &[Register];
    /// Reads the elements of the credentials file (3.2).
    ReadCredentials, "read-credentials", &[Register];
    /// Compares the vault of the file with the vault that the server is registered with (1.9).
    CompareVault, "compare-vault", &[Register];
    /// Opens the certificate of the credentials, with its key (3.5).
    OpenCertificate, "open-certificate", &[Register];
    /// Verifies that the certificate is valid at the machine's time (3.6).
    VerifyCertificateDates, "verify-certificate-dates", &[Register];
    /// Puts the certificate of the credentials into the machine's store (3.5).
    ImportCertificate, "import-certificate", &[Register];
    /// Reads which proxy to use: the agent's own, that of SYSTEM, or that of the user's browser (5.9).
    ReadProxySettings, "read-proxy-settings", &Operation::ALL;
    /// Opens the machine's certificate and its key in the store (3.5).
    OpenMachineCertificate, "open-machine-certificate", REGISTERED;
    /// Opens the engine's settings in the scratch folder (5.3).
    OpenSettings, "open-settings", AGENT;
    /// Asks the connectivity probe of Windows for its text (5.8).
    CheckConnectivity, "check-connectivity", AGENT;
    /// Makes a temporary file for a download (E1).
    MakeTemporaryFile, "make-temporary-file", AGENT;
    /// Downloads the page that names the latest version (1.0).
    DownloadVersionPage, "download-version-page", AGENT;
    /// Asks the retired access control service for a token, as agents before 2.0.9083 do (5.1).
    SignInAtAccessControl, "sign-in-at-access-control", AGENT;
    /// Asks the login service whether it knows the authority (4.5).
    DiscoverAuthority, "discover-authority", AGENT;
    /// Asks the login service for a token, with the certificate as proof (4.5).
    SignIn, "sign-in", AGENT;
    /// Asks for a token as the machine that was registered before † (4.5).
    SignInAsRegistered, "sign-in-as-registered", &[Register];
    /// Registers the machine with the vault's service † (4.6).
    RegisterMachine, "register-machine", &[Register];
    /// Stores the machine's certificate and registration (5.2).
    StoreRegistration, "store-registration", &[Register];
    /// Looks for the passphrase that was set (1.10).
    FindPassphrase, "find-passphrase", &[Backup, ScheduledBackup];
    /// Reads where the scratch folder is, from both of its registry values (5.3).
    FindScratchFolder, "find-scratch-folder", &[SetPassphrase, Activate, Backup, ScheduledBackup];
    /// Opens the key in the scratch folder with the passphrase that was set (5.3).
    OpenKey, "open-key", &[SetPassphrase, Activate, Backup, ScheduledBackup];
    /// Writes a new key into the scratch folder (E4).
    WriteKey, "write-key", &[SetPassphrase];
    /// Proves the passphrase to the service † (E4).
    SendKey, "send-key", &[SetPassphrase];
    /// Reads the selected files; for an activation, only their sizes (5.11).
    ReadItems, "read-items", &[Activate, Backup, ScheduledBackup];
    /// Opens the checksums of the last backup and writes new ones, as newer agents do (1.9).
    UpdateChecksums, "update-checksums", &[Backup, ScheduledBackup];
    /// Takes the space for the metadata of a backup in the scratch folder, and attaches the virtual hard disk there (E5, E6).
    ReserveScratchSpace, "reserve-scratch-space", &[Activate, Backup, ScheduledBackup];
    /// Writes the engine's settings into the scratch folder (5.3).
    WriteSettings, "write-settings", &[Activate];
    /// Activates the machine at the service † (E5).
    ActivateMachine, "activate-machine", &[Activate];
    /// Begins the job at the service †, which names the storage account for its data (E3).
    SendBackup, "send-backup", &[Backup, ScheduledBackup];
    /// Writes the data to the storage account (5.10).
    UploadData, "upload-data", &[Backup, ScheduledBackup];
    /// Leaves a note of the job † in the queue of the storage account (5.10).
    NotifyQueue, "notify-queue", &[Backup, ScheduledBackup];
    /// Closes the job at the service †, which makes it a recovery point (E3).
    CloseJob, "close-job", &[Backup, ScheduledBackup];
    /// Asks the service for the recovery points † (E8).
    ListRecoveryPoints, "list-recovery-points", &[Restore];
    /// Has the service offer a recovery point over iSCSI † (E8).
    OfferRecoveryPoint, "offer-recovery-point", &[Restore];
    /// Has the iSCSI initiator of Windows attach the volume (E8).
    AttachVolume, "attach-volume", &[Restore];
    /// Takes the space for what is on its way from the volume, in the scratch folder (E8; Microsoft's support in Japan: 5 to
    /// 10 % of what is restored).
    ReserveRecoverySpace, "reserve-recovery-space", &[Restore];
    /// Copies the files of the volume (E8).
    CopyFiles, "copy-files", &[Restore];
    /// Signs the administrator in to the portal † (E2).
    SignInToPortal, "sign-in-to-portal", &[DownloadCredentials];
    /// Asks the resource manager, or the browser's cache, for the vault (4.2).
    ShowVault, "show-vault", &[DownloadCredentials];
    /// Makes a certificate and uploads it to the vault (4.1).
    UploadCertificate, "upload-certificate", &[DownloadCredentials];
    /// Saves the credentials file among the administrator's downloads (3.4).
    SaveCredentialsFile, "save-credentials-file", &[DownloadCredentials];
}

impl Step {
    /// The step with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.as_str() == name)
    }

    /// Whether an operation enters it.
    pub fn is_of(self, operation: Operation) -> bool {
        self.operations().contains(&operation)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(&name).ok_or_else(|| D::Error::unknown_variant(&name, Self::NAMES))
    }
}

/// The operations of the agent; the portal does the other in a browser.
const AGENT: &[Operation] = &[Register, SetPassphrase, Activate, Backup, ScheduledBackup, Restore];

/// The operations of a registered server.
const REGISTERED: &[Operation] = &[SetPassphrase, Activate, Backup, ScheduledBackup, Restore];

#[cfg(test)]
mod tests;
