//! What the programs of Windows change and list by an administrator's command, beyond what the agent does.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use thiserror::Error;

use crate::host::{
    Account, Cmdlet, FileError, HostControl, ServiceError, TimeZoneInfo, TriggerInfo,
};
use crate::names::{KeyPath, Name, WinPath};
use crate::net::Target;
use crate::world::{FileAttribute, StartType};

/// A machine as its administrator's programs reach it.
pub trait HostAdmin:
    HostControl
    + ServiceAdmin
    + TaskAdmin
    + FileAdmin
    + RegistryAdmin
    + SystemAdmin
    + AntivirusAdmin
    + ModuleAdmin
{
}

impl<T> HostAdmin for T where
    T: HostControl
        + ServiceAdmin
        + TaskAdmin
        + FileAdmin
        + RegistryAdmin
        + SystemAdmin
        + AntivirusAdmin
        + ModuleAdmin
{
}

/// Services.
pub trait ServiceAdmin {
    /// The names of all services and drivers (`EnumServicesStatusExW`).
    fn service_names(&self) -> BTreeSet<Name>;

    /// Sets when a service starts (`ChangeServiceConfigW`).
    fn set_service_start(&self, name: &Name, start: StartType) -> Result<(), ServiceError>;
}

/// Scheduled tasks.
pub trait TaskAdmin {
    /// The paths of all tasks (`ITaskFolder::GetTasks`).
    fn task_names(&self) -> BTreeSet<Name>;

    /// Enables a task as a whole (`IRegisteredTask::put_Enabled`). Whether there is such a task.
    fn enable_task(&self, name: &Name) -> bool;

    /// Disables a task as a whole (`IRegisteredTask::put_Enabled`). Whether there is such a task.
    fn disable_task(&self, name: &Name) -> bool;

    /// Sets a task's first trigger, or one of its further ones (`ITaskFolder::RegisterTaskDefinition`). Whether there is such a
    /// task.
    fn set_task_trigger(&self, name: &Name, id: Option<&Name>, trigger: &TriggerInfo) -> bool;

    /// Sets the account that a task runs as (`IPrincipal::UserId`). Whether there is such a task.
    fn set_task_account(&self, name: &Name, account: &Name) -> bool;

    /// Runs a task at once, whatever its triggers say (`IRegisteredTask::Run`); the commands of PowerShell's modules that it ran.
    fn run_task_now(&self, name: &Name) -> Result<Vec<Cmdlet>, TaskError>;
}

/// Why a task was not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TaskError {
    /// `ERROR_FILE_NOT_FOUND`: no such task.
    #[error("the task does not exist (0x80070002)")]
    Missing,
    /// `SCHED_E_TASK_DISABLED`.
    #[error("the task is disabled (0x80041326)")]
    Disabled,
    /// `RPC_S_SERVER_UNAVAILABLE`: the Task Scheduler does not run.
    #[error("the Task Scheduler service is not available (0x800706BA)")]
    NoScheduler,
}

/// The antivirus program.
pub trait AntivirusAdmin {
    /// Adds a file, a folder or a program to the exclusions (`MSFT_MpPreference::Add`).
    fn add_antivirus_exclusion(&self, path: &WinPath);

    /// Takes one out of the exclusions (`MSFT_MpPreference::Remove`).
    fn remove_antivirus_exclusion(&self, path: &WinPath);
}

/// PowerShell's modules.
pub trait ModuleAdmin {
    /// Loads a module from a disk of the machine, as a PowerShell does it that this account has started (`Import-Module`).
    fn load_module(
        &self,
        who: &Account,
        module: &Name,
        session: &ModuleSession,
    ) -> Result<ModuleInfo, ModuleError>;
}

/// What a running PowerShell knows by itself when it looks for a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleSession {
    /// Its `PSModulePath`.
    pub path: String,
    /// The execution policy of its process, if it has one.
    pub policy: Option<String>,
}

/// A module that was loaded (`PSModuleInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleInfo {
    /// The folder of its manifest (`ModuleBase`).
    pub folder: WinPath,
    /// Its version (`Version`).
    pub version: String,
    /// The commands that it hands out (`ExportedCommands`); `*` for all that it has.
    pub commands: Vec<String>,
}

/// Why a module was not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ModuleError {
    /// No engine is installed.
    #[error("no engine of PowerShell is installed")]
    NoEngine,
    /// The execution policy lets no module load.
    #[error("the execution policy lets no module load")]
    Policy,
    /// It is in none of the folders.
    #[error("the module is in none of the folders of PSModulePath")]
    NotFound,
    /// A file of it cannot be read.
    #[error("a file of the module cannot be read")]
    Unreadable,
    /// Its manifest is invalid.
    #[error("the module's manifest is invalid")]
    BadManifest,
    /// It asks for a later engine.
    #[error("the module needs a later PowerShell")]
    EngineTooOld,
    /// Its own file is missing.
    #[error("the module's own file is missing")]
    NoRootModule,
    /// Its own file is not a program.
    #[error("the module's own file is not a program")]
    BadRootModule,
}

/// Files and volumes.
pub trait FileAdmin {
    /// Copies a file with all its bytes; what lies there is replaced (`CopyFileExW`). The copy is as old as the file.
    fn copy_file(&self, who: &Account, from: &WinPath, to: &WinPath) -> Result<(), FileError>;

    /// Moves a file to a name that is free (`MoveFileExW` with `MOVEFILE_COPY_ALLOWED`).
    fn move_file(&self, who: &Account, from: &WinPath, to: &WinPath) -> Result<(), FileError>;

    /// Removes the files of a numbered series with this extension, or of any for `*`; how many there were
    /// (`FindFirstFileW`, `DeleteFileW`).
    fn remove_numbered_files(
        &self,
        who: &Account,
        folder: &WinPath,
        extension: &str,
    ) -> Result<u64, FileError>;

    /// Gives a file or folder an attribute (`FSCTL_SET_COMPRESSION`, `EncryptFileW`, `FSCTL_SET_SPARSE`).
    fn give_attribute(
        &self,
        who: &Account,
        path: &WinPath,
        attribute: FileAttribute,
    ) -> Result<(), FileError>;

    /// Takes an attribute of a file or folder away (`FSCTL_SET_COMPRESSION`, `DecryptFileW`, `FSCTL_SET_SPARSE`).
    fn take_attribute(
        &self,
        who: &Account,
        path: &WinPath,
        attribute: FileAttribute,
    ) -> Result<(), FileError>;

    /// Takes out of a path's access list what denies an account access (`SetNamedSecurityInfoW`). Whether there was something.
    fn remove_denial(&self, path: &WinPath, account: &Name) -> bool;

    /// Repairs a volume's file system (`MSFT_Volume.Repair`); the files that were repaired. None for an unknown volume.
    fn repair_volume(&self, volume: &Name) -> Option<BTreeSet<WinPath>>;

    /// Sets the most bytes that a volume's shadow copies may take, or lets Windows decide (`Win32_ShadowStorage.MaxSpace`).
    /// Whether there is such a volume.
    fn set_shadow_storage(&self, volume: &Name, bytes: Option<u64>) -> bool;

    /// Ends the processes of a program; what they had open is closed (`TerminateProcess`). Whether one ran.
    fn end_program(&self, program: &Name) -> bool;

    /// The programs that have files open (`EnumProcesses`).
    fn open_programs(&self) -> BTreeSet<Name>;
}

/// The registry's keys.
pub trait RegistryAdmin {
    /// Makes a key, if it does not exist (`RegCreateKeyExW`).
    fn create_registry_key(&self, who: &Account, key: &KeyPath);

    /// Removes a key with all below it (`RegDeleteTreeW`). Whether there was one.
    fn remove_registry_key(&self, who: &Account, key: &KeyPath) -> bool;
}

/// The system.
pub trait SystemAdmin {
    /// Sets the time zone; the machine's idea of UTC stays (`SetDynamicTimeZoneInformation`).
    fn set_zone(&self, zone: &TimeZoneInfo);

    /// Sets the machine's idea of UTC (`SetSystemTime`).
    fn set_time(&self, utc: Timestamp);

    /// Gets the right time from the machine's time source (the RPC interface of the Windows Time service). In the lab a member
    /// of a domain always reaches its domain's source †.
    fn synchronize_time(&self);

    /// The installed updates, by KB number (`Win32_QuickFixEngineering`).
    fn installed_updates(&self) -> BTreeMap<Name, UpdateInfo>;

    /// The names of the event logs (`EvtOpenChannelEnum`).
    fn event_logs(&self) -> BTreeSet<Name>;

    /// Restarts Windows (`InitiateSystemShutdownExW`).
    fn restart(&self);

    /// Trusts a root certificate, DER (`CertAddEncodedCertificateToStore`). False for one of an authority that the lab has not:
    /// no server could show a certificate of it.
    fn add_trusted_root(&self, der: &[u8]) -> bool;

    /// Trusts a root certificate no more (`CertDeleteCertificateFromStore`). Whether it was there.
    fn remove_trusted_root(&self, der: &[u8]) -> bool;

    /// Gives devices the driver of a file (`UpdateDriverForPlugAndPlayDevicesW`), as the driver's file names it and in the
    /// language of Windows. Whether there is such a device.
    fn install_driver(&self, hardware_id: &str, class: &str, name: &str) -> bool;

    /// The rules of the firewall for what this machine opens, by name, in their order (`INetFwPolicy2::Rules`).
    fn firewall_rules(&self) -> BTreeMap<Name, FirewallRule>;

    /// Removes a rule (`INetFwRules::Remove`). Whether it was there.
    fn remove_firewall_rule(&self, name: &Name) -> bool;

    /// Adds a rule, or replaces the one of that name (`INetFwRules::Add`).
    fn set_firewall_rule(&self, name: &Name, rule: FirewallRule);
}

/// An installed update (`Win32_QuickFixEngineering`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpdateInfo {
    /// Whether it closes a security gap (`Description`).
    pub security: bool,
    /// When it was installed (`InstalledOn`).
    pub installed: Timestamp,
}

/// A rule of the firewall for outgoing connections (`INetFwRule`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirewallRule {
    /// Where to (`RemoteAddresses`).
    pub to: Target,
    /// To which port; to all if `None` (`RemotePorts`).
    pub port: Option<u16>,
    /// Whether it lets pass (`Action`).
    pub allows: bool,
}
