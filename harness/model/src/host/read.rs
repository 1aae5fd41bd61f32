//! The read-only side: every method, and the public API by which a program on a real Windows would answer it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value, json};

use super::call_spec::{ArgumentSpec, CallSpec};
use super::hook::{Hook, Hooked};
use super::port::{Returned, host_read};
use super::{
    Account, AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, EventRecord,
    FileError, FileInfo, HostError, HostRead, OsInfo, ReadError, RegistryValue, ServiceError,
    ServiceInfo, TaskInfo, TimeZoneInfo, VolumeInfo,
};
use crate::content::Content;
use crate::names::{HostName, KeyPath, Name, WinPath};
use crate::net::{Address, Connection, DialError, ViaProxy};
use crate::world::{Language, Platform, TlsVersion};

/// Hands the declaration of the read-only side to a macro: for what has to be made once for each method, such as a mock.
/// `#[windows = "…"]` is what answers the call there, as people read it. What is written here stands in the door's
/// reference, too, where programs in other languages look it up.
/// The types that it names have to be in scope.
#[macro_export]
macro_rules! with_host_read {
    ($then:ident) => {
        $then! {
            sync {
                /// Files and volumes.
                trait Files {
                    /// The content of a file.
                    #[windows = "`CreateFileW` with `GENERIC_READ`, `ReadFile`"]
                    ReadFile = fn read_file[who](path: &WinPath) -> Result<Content, FileError>;

                    /// What is known of a file or folder.
                    #[windows = "`FindFirstFileW`, `GetFileInformationByHandle`"]
                    FileInfo = fn file_info[who](path: &WinPath) -> Result<FileInfo, FileError>;

                    /// What lies directly in a folder, sorted. Numbered series of files are left out: they are only counted. An
                    /// absent folder is an error.
                    #[windows = "`FindFirstFileW`, `FindNextFileW`"]
                    ListFolder = fn list_folder[who](path: &WinPath) -> Result<Vec<FileInfo>, FileError>;

                    /// How many files with this extension lie directly in a folder, or how many files at all for `*`; 0 for an
                    /// absent folder.
                    #[windows = "`FindFirstFileExW` with a pattern"]
                    CountFiles = fn count_files[who](path: &WinPath, extension: &str) -> Result<u64, FileError>;

                    /// The accounts that the access list of a file or folder itself denies to read and write it. What it inherits
                    /// from the folders above it is theirs.
                    #[windows = "`GetNamedSecurityInfoW`, `GetExplicitEntriesFromAclW`"]
                    DeniedAccounts = fn denied_accounts(path: &WinPath) -> Result<BTreeSet<Name>, FileError>;

                    /// The programs that have a file open.
                    #[windows = "`RmStartSession`, `RmRegisterResources`, `RmGetList`"]
                    FileUsers = fn file_users(path: &WinPath) -> Result<BTreeSet<Name>, ReadError>;

                    /// The volumes by letter, as an account has them. One whose disk is offline has no letter.
                    #[windows = "`GetLogicalDrives`, `GetVolumeInformationW`"]
                    Volumes = fn volumes[who]() -> Result<BTreeMap<Name, VolumeInfo>, ReadError>;
                }

                /// The registry.
                trait Registry {
                    /// One value; none if it is absent. `HKCU\…` is the account's own hive, `HKU\SID\…`.
                    #[windows = "`RegQueryValueExW`, `RegOpenCurrentUser`"]
                    RegistryValue = fn registry_value[who](key: &KeyPath, name: &Name)
                        -> Result<Option<RegistryValue>, ReadError>;

                    /// The values of a key; none for an absent key.
                    #[windows = "`RegEnumValueW`"]
                    RegistryValues = fn registry_values[who](key: &KeyPath)
                        -> Result<BTreeMap<Name, RegistryValue>, ReadError>;

                    /// The keys directly below a key; none for an absent key.
                    #[windows = "`RegEnumKeyExW`"]
                    RegistrySubkeys = fn registry_subkeys[who](key: &KeyPath) -> Result<BTreeSet<KeyPath>, ReadError>;
                }

                /// The system: names, services, tasks, devices, programs, accounts, clock, event logs, certificates, browsers.
                trait System {
                    /// The machine's computer name.
                    #[windows = "`GetComputerNameExW` with `ComputerNamePhysicalNetBIOS`"]
                    ComputerName = fn computer_name() -> Name;

                    /// The machine's full DNS name.
                    #[windows = "`GetComputerNameExW` with `ComputerNamePhysicalDnsFullyQualified`"]
                    FullName = fn full_name() -> Name;

                    /// The language of Windows.
                    #[windows = "`GetSystemDefaultUILanguage`"]
                    Language = fn language() -> Language;

                    /// The operating system.
                    #[windows = "`Win32_OperatingSystem`, `RtlGetVersion`, `IUpdateSearcher::Search`"]
                    Os = fn os() -> Result<OsInfo, ReadError>;

                    /// Where the machine runs: virtual machines in Azure have the asset tag `7783-7084-3265-9085-8269-3286-77`.
                    #[windows = "`Win32_SystemEnclosure.SMBIOSAssetTag`"]
                    Platform = fn platform() -> Result<Platform, ReadError>;

                    /// A service by service name; none if it is unknown.
                    #[windows = "`QueryServiceStatusEx`, `QueryServiceConfigW`"]
                    Service = fn service(name: &Name) -> Result<Option<ServiceInfo>, ReadError>;

                    /// Asks a service for its status. If it hangs, the call fails after half a minute, in world time.
                    #[windows = "`ControlService` with `SERVICE_CONTROL_INTERROGATE`"]
                    InterrogateService = fn interrogate_service(name: &Name) -> Result<ServiceInfo, ServiceError>;

                    /// A scheduled task by path; none if it is unknown.
                    #[windows = "`ITaskFolder::GetTask`"]
                    Task = fn task(name: &Name) -> Result<Option<TaskInfo>, ReadError>;

                    /// The devices by instance id.
                    #[windows = "`Win32_PnPEntity`"]
                    Devices = fn devices() -> Result<BTreeMap<Name, DeviceInfo>, ReadError>;

                    /// The installed programs and their versions.
                    #[windows = r"`HKLM\…\CurrentVersion\Uninstall`: `DisplayName`, `DisplayVersion`"]
                    Software = fn software() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The installed programs of another computer and their versions, as the administrator of both reads them over
                    /// the network; none if the computer is unknown.
                    #[windows = "`RegConnectRegistryW`"]
                    SoftwareOf = fn software_of(name: &Name) -> Result<Option<BTreeMap<Name, String>>, ReadError>;

                    /// An account; none if it is unknown.
                    #[windows = "`LookupAccountNameW`, `NetUserGetLocalGroups`, `TranslateNameW`"]
                    Account = fn account(name: &Name) -> Result<Option<AccountInfo>, ReadError>;

                    /// The accounts that have profiles on the machine.
                    #[windows = "`Win32_UserProfile`"]
                    Users = fn users() -> Result<BTreeSet<Name>, ReadError>;

                    /// The antivirus program and its exclusions.
                    #[windows = "`Get-MpComputerStatus`, `Get-MpPreference`"]
                    Antivirus = fn antivirus() -> Result<AntivirusStatus, ReadError>;

                    /// The machine's environment variables as configured now.
                    #[windows = r"`HKLM\…\Session Manager\Environment`"]
                    Environment = fn environment() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The environment variables that services and tasks got when the machine started: those of the process of a
                    /// service, as Process Explorer shows them.
                    #[windows = "`NtQueryInformationProcess`, `ReadProcessMemory`"]
                    EnvironmentAtBoot = fn environment_at_boot() -> Result<BTreeMap<Name, String>, ReadError>;

                    /// The machine's idea of UTC: its local clock less its zone's offset.
                    #[windows = "`GetSystemTimePreciseAsFileTime`"]
                    Now = fn now() -> Timestamp;

                    /// The machine's time zone.
                    #[windows = "`GetDynamicTimeZoneInformation`"]
                    Zone = fn zone() -> TimeZoneInfo;

                    /// The records of an event log, oldest first; none for an absent log.
                    #[windows = "`EvtQuery`, `EvtNext`"]
                    Events = fn events(name: &Name) -> Result<Vec<EventRecord>, ReadError>;

                    /// The certificates in the machine's store `My`.
                    #[windows = "`CertEnumCertificatesInStore`"]
                    Certificates = fn certificates() -> Result<Vec<CertificateInfo>, ReadError>;

                    /// The root certificates that the machine trusts, DER.
                    #[windows = "`CertEnumCertificatesInStore` of `Root`"]
                    TrustedRoots = fn trusted_roots() -> Result<Vec<Content>, ReadError>;

                    /// The session cookie of a user who is signed in to the portal, where the browser keeps its cookies with WinINet.
                    /// It is a bearer token for the resource manager, too, and its claim `tid` is the user's tenant.
                    #[windows = "`InternetGetCookieExW` as that user, with `INTERNET_COOKIE_HTTPONLY`"]
                    PortalSession = fn portal_session(name: &Name) -> Result<Option<String>, ReadError>;

                    /// An answer in a user's browser cache, where the browser keeps it with WinINet; none if there is none.
                    #[windows = "`RetrieveUrlCacheEntryFileW` as that user"]
                    CachedAnswer = fn cached_answer(name: &Name, url: &str) -> Result<Option<CachedAnswer>, ReadError>;

                    /// The letters of mounted recovery volumes: the disks that came over iSCSI.
                    #[windows = "`MSFT_Disk.BusType`, `MSFT_Partition.DriveLetter`"]
                    Mounts = fn mounts() -> Result<BTreeSet<Name>, ReadError>;
                }
            }

            async {
                /// The network as the machine reaches it.
                trait Network {
                    /// The addresses of a name, by the hosts file, or else by the DNS server.
                    #[windows = "`GetAddrInfoExW`"]
                    Resolve = fn resolve(name: &HostName) -> Result<Vec<IpAddr>, DialError>;

                    /// The addresses that the DNS server has for a name, whatever the hosts file says.
                    #[windows = "`DnsQuery_W` with `DNS_QUERY_NO_HOSTS_FILE`"]
                    QueryDns = fn query_dns(name: &HostName) -> Result<Vec<IpAddr>, DialError>;

                    /// The TLS versions with which a server completes a handshake, oldest first: each that Windows has not
                    /// switched off is tried on a connection of its own, without a look at the certificate. With `proxy`, through
                    /// a tunnel of that HTTP proxy; that it opens none is `refused`.
                    #[windows = "`AcquireCredentialsHandleW` with `SCHANNEL_CRED.grbitEnabledProtocols` and \
                        `SCH_CRED_MANUAL_CRED_VALIDATION`, `InitializeSecurityContextW`"]
                    ServerTlsVersions = fn server_tls_versions[who](to: &Address, proxy: &ViaProxy)
                        -> Result<BTreeSet<TlsVersion>, DialError>;
                }
            }
        }
    };
}

with_host_read!(host_read);

impl Call {
    /// The names of all calls in JSON.
    pub fn names() -> impl Iterator<Item = String> {
        Self::SPECS.iter().map(CallSpec::name)
    }

    /// The names of all arguments of all calls, `as` among them.
    pub fn arguments() -> BTreeSet<&'static str> {
        Self::SPECS.iter().flat_map(|call| call.arguments.iter().map(|it| it.name)).collect()
    }
}

impl Call {
    /// Reads a call as files have it, `{ NAME = { ARGUMENT = … } }`. An argument that the call does not have is a mistake.
    pub fn deserialize_strictly<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = Map::deserialize(from)?;
        let call = Self::deserialize(Value::Object(written.clone())).map_err(Error::custom)?;
        let (name, known) = call.named();
        let given = written.values().filter_map(Value::as_object).flat_map(Map::keys);
        match given.into_iter().find(|argument| known.get(argument.as_str()).is_none()) {
            None => Ok(call),
            Some(argument) => {
                Err(D::Error::custom(format!("the call `{name}` has no argument `{argument}`")))
            }
        }
    }

    /// The call's name in JSON, and its arguments as an object.
    pub fn named(&self) -> (String, Value) {
        match serde_json::to_value(self) {
            Ok(Value::Object(call)) => call.into_iter().next().unwrap_or_default(),
            _ => Default::default(),
        }
    }
}

/// The call's name and its arguments: `file-info as SYSTEM, path C:\Windows`.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, arguments) = self.named();
        f.write_str(&name)?;
        let arguments = arguments.as_object().into_iter().flatten();
        for (index, (argument, value)) in arguments.enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(f, "{separator} {argument} ")?;
            match value.as_str() {
                Some(text) => f.write_str(text)?,
                None => write!(f, "{value}")?,
            }
        }
        Ok(())
    }
}

impl Answer {
    /// The answer as programs get it, `{"ok": …}` or `{"refused": {"code", "message", "number"}}`: what the machine refuses is
    /// an answer like any other.
    pub fn to_json(&self) -> Value {
        match self.error() {
            Some(error) => json!({ "refused": {
                "code": error.code(), "message": error.to_string(), "number": error.number(),
            } }),
            None => json!({ "ok": self.value() }),
        }
    }

    /// Why the call could not be answered; `None` if it was, whatever it found.
    pub fn read_error(&self) -> Option<ReadError> {
        self.error().and_then(HostError::as_read_error)
    }
}
