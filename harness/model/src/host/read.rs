//! The read-only side: every method, and the public API by which a program on a real Windows would answer it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;
use serde_json::Value;

use super::hook::{Hook, Hooked};
use super::port::{Returned as _, host_read};
use super::{
    Account, AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, EventRecord,
    FileError, FileInfo, HostError, HostRead, OsInfo, ReadError, RegistryValue, ServiceError,
    ServiceInfo, TaskInfo, TimeZoneInfo, VolumeInfo,
};
use crate::content::Content;
use crate::names::{HostName, KeyPath, Name, WinPath};
use crate::net::{Address, Connection, DialError};
use crate::world::{Language, Platform};

/// Hands the declaration of the read-only side to a macro: for what has to be made once for each method, such as a mock.
/// The types that it names have to be in scope.
#[macro_export]
macro_rules! with_host_read {
    ($then:ident) => {
        $then! {
            sync {
                /// Files and volumes.
                trait Files {
                    /// The content of a file (`CreateFileW` with `GENERIC_READ`, `ReadFile`).
                    ReadFile = fn read_file[who](path: &WinPath) -> Result<Content, FileError>;

                    /// What is known of a file or folder (`FindFirstFileW`, `GetFileInformationByHandle`).
                    FileInfo = fn file_info[who](path: &WinPath) -> Result<FileInfo, FileError>;

                    /// What lies directly in a folder, sorted (`FindFirstFileW`, `FindNextFileW`). Numbered series of files are
                    /// left out, see [`Files::count_files`]. An absent folder is an error.
                    ListFolder = fn list_folder[who](path: &WinPath) -> Result<Vec<FileInfo>, FileError>;

                    /// How many files with this extension lie directly in a folder (`FindFirstFileExW` with a pattern); 0 for an
                    /// absent folder.
                    CountFiles = fn count_files[who](path: &WinPath, extension: &str) -> Result<u64, FileError>;

                    /// The volumes by letter, as an account has them (`GetLogicalDrives`; for each see [`VolumeInfo`]).
                    Volumes = fn volumes[who]() -> Result<BTreeMap<Name, VolumeInfo>, ReadError>;
                }

                /// The registry.
                trait Registry {
                    /// One value (`RegQueryValueExW`). `HKCU\…` is the account's own hive (`RegOpenCurrentUser`: `HKU\<sid>\…`).
                    RegistryValue = fn registry_value[who](key: &KeyPath, name: &Name)
                        -> Result<Option<RegistryValue>, ReadError>;

                    /// The values of a key (`RegEnumValueW`); none for an absent key.
                    RegistryValues = fn registry_values[who](key: &KeyPath)
                        -> Result<BTreeMap<Name, RegistryValue>, ReadError>;

                    /// The keys directly below a key (`RegEnumKeyExW`); none for an absent key.
                    RegistrySubkeys = fn registry_subkeys[who](key: &KeyPath) -> Result<BTreeSet<KeyPath>, ReadError>;
                }

                /// The system: names, services, tasks, devices, programs, accounts, clock, event logs, certificates, browsers.
                trait System {
                    /// The machine's computer name (`GetComputerNameExW`, `ComputerNamePhysicalNetBIOS`).
                    ComputerName = fn computer_name() -> Name;

                    /// The machine's full DNS name (`GetComputerNameExW`, `ComputerNamePhysicalDnsFullyQualified`).
                    FullName = fn full_name() -> Name;

                    /// The language of Windows (`GetSystemDefaultUILanguage`).
                    Language = fn language() -> Language;

                    /// The operating system.
                    Os = fn os() -> Result<OsInfo, ReadError>;

                    /// Where the machine runs: virtual machines in Azure have a chassis of their own
                    /// (`Win32_SystemEnclosure.SMBIOSAssetTag` is `7783-7084-3265-9085-8269-3286-77`).
                    Platform = fn platform() -> Result<Platform, ReadError>;

                    /// A service by service name (`QueryServiceStatusEx`, `QueryServiceConfigW`); `None` if unknown.
                    Service = fn service(name: &Name) -> Result<Option<ServiceInfo>, ReadError>;

                    /// Asks a service for its status (`ControlService` with `SERVICE_CONTROL_INTERROGATE`). If it hangs, the call
                    /// fails after half a minute, in world time.
                    InterrogateService = fn interrogate_service(name: &Name) -> Result<ServiceInfo, ServiceError>;

                    /// A scheduled task by path (`ITaskFolder::GetTask`); `None` if unknown.
                    Task = fn task(name: &Name) -> Result<Option<TaskInfo>, ReadError>;

                    /// The devices by instance id (`Win32_PnPEntity`).
                    Devices = fn devices() -> Result<BTreeMap<Name, DeviceInfo>, ReadError>;

                    /// The installed programs and their versions (`HKLM\…\CurrentVersion\Uninstall`: `DisplayName`,
                    /// `DisplayVersion`).
                    Software = fn software() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The installed programs of another computer and their versions, as the administrator of both reads them over
                    /// the network (`RegConnectRegistryW`); `None` if the computer is unknown.
                    SoftwareOf = fn software_of(name: &Name) -> Result<Option<BTreeMap<Name, String>>, ReadError>;

                    /// An account; `None` if unknown.
                    Account = fn account(name: &Name) -> Result<Option<AccountInfo>, ReadError>;

                    /// The accounts that have profiles on the machine (`Win32_UserProfile`).
                    Users = fn users() -> Result<BTreeSet<Name>, ReadError>;

                    /// The antivirus program and its exclusions (`Get-MpComputerStatus`, `Get-MpPreference`).
                    Antivirus = fn antivirus() -> Result<AntivirusStatus, ReadError>;

                    /// The machine's environment variables as configured now (`HKLM\…\Session Manager\Environment`).
                    Environment = fn environment() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The environment variables that services and tasks got when the machine started: those of the process of a
                    /// service (`NtQueryInformationProcess`, `ReadProcessMemory`, as Process Explorer shows them).
                    EnvironmentAtBoot = fn environment_at_boot() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The machine's idea of UTC: its local clock less its zone's offset (`GetSystemTimePreciseAsFileTime`).
                    Now = fn now() -> Timestamp;

                    /// The machine's time zone (`GetDynamicTimeZoneInformation`).
                    Zone = fn zone() -> TimeZoneInfo;

                    /// The records of an event log, oldest first (`EvtQuery`, `EvtNext`); none for an absent log.
                    Events = fn events(name: &Name) -> Result<Vec<EventRecord>, ReadError>;

                    /// The certificates in the machine's store `My` (`CertEnumCertificatesInStore`).
                    Certificates = fn certificates() -> Result<Vec<CertificateInfo>, ReadError>;

                    /// The root certificates that the machine trusts, DER (`CertEnumCertificatesInStore` of `Root`).
                    TrustedRoots = fn trusted_roots() -> Result<Vec<Content>, ReadError>;

                    /// The session cookie of a user who is signed in to the portal, where the browser keeps its cookies with WinINet
                    /// (`InternetGetCookieExW` as that user, with `INTERNET_COOKIE_HTTPONLY`).
                    PortalSession = fn portal_session(name: &Name) -> Result<Option<String>, ReadError>;

                    /// An answer in a user's browser cache, where the browser keeps it with WinINet (`RetrieveUrlCacheEntryFileW` as
                    /// that user).
                    CachedAnswer = fn cached_answer(name: &Name, url: &str) -> Result<Option<CachedAnswer>, ReadError>;

                    /// The letters of mounted recovery volumes: the disks that came over iSCSI (`MSFT_Disk.BusType`,
                    /// `MSFT_Partition.DriveLetter`).
                    Mounts = fn mounts() -> Result<BTreeSet<Name>, ReadError>;
                }
            }

            async {
                /// The network as the machine reaches it.
                trait Network {
                    /// The addresses of a name (`GetAddrInfoExW`).
                    Resolve = fn resolve(name: &HostName) -> Result<Vec<IpAddr>, DialError>;
                }
            }
        }
    };
}

with_host_read!(host_read);

impl Call {
    /// The names of all calls in JSON.
    pub fn names() -> impl Iterator<Item = String> {
        Self::METHODS.iter().map(|(method, _)| method.replace('_', "-"))
    }

    /// The names of all arguments of all calls, `as` among them.
    pub fn arguments() -> BTreeSet<&'static str> {
        Self::METHODS.iter().flat_map(|(_, arguments)| arguments.iter().copied()).collect()
    }
}

/// The call's name and its arguments: `file-info as SYSTEM, path C:\Windows`.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(Value::Object(call)) = serde_json::to_value(self) else { return Err(fmt::Error) };
        for (name, arguments) in call {
            f.write_str(&name)?;
            let arguments = arguments.as_object().into_iter().flatten();
            for (index, (argument, value)) in arguments.enumerate() {
                let separator = if index == 0 { "" } else { "," };
                write!(f, "{separator} {argument} {}", value.as_str().unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

impl Answer {
    /// Why the call could not be answered; `None` if it was, whatever it found.
    pub fn read_error(&self) -> Option<ReadError> {
        self.error().and_then(HostError::as_read_error)
    }
}
