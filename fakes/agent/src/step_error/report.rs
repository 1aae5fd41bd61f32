//! What Windows, .NET and servers say of a failed step: the call, the text and the HRESULT that the log has.
//!
//! The texts are those of `System.Net`, `System.IO` and Win32 in English; the numbers are errors of Win32, WinHTTP and
//! HTTP as HRESULTs. `GetAADToken` is from a published log (mars-facts 5.4), `GetAgentUpdateInfo` and
//! `GetMachineRegistrationStatus` are methods of the product (mars-facts 5.6), `CBPUser…` is the id of its cmdlet's error
//! (mars-facts 3.6). The names of other calls are the lab's own †, as is which of several codes for one condition the
//! product logs.

use http::StatusCode;
use marslab_model::DialError;
use marslab_model::host::{FileError, HostError as _, VirtualDiskError};
use marslab_wire::http::{HttpError, MessageError};
use marslab_wire::tls::TlsError;

use super::{Skipped, StepError};
use crate::credentials_file::{CredentialsError, NAMESPACE, ROOT};
use crate::events::UPGRADE_REQUIRED;

impl StepError {
    /// The call that failed.
    pub(crate) fn call(&self) -> &str {
        match self {
            Self::Precondition(unmet) => &unmet.call,
            Self::Http { call, .. } | Self::Answer { call, .. } => call,
            Self::EngineUnreachable => "ConnectToEngine",
            Self::Launch(_) => "StartProcess",
            Self::File { .. } | Self::LeftOut { .. } => "OpenFile",
            Self::NotRegistered => "GetMachineRegistrationStatus",
            Self::ProxySetting | Self::Script => "GetProxy",
            Self::Url | Self::DownloadForbidden | Self::TemporaryFile(_) => "DownloadFile",
            Self::Probe => "CheckInternetConnectivity",
            Self::Credentials(_)
            | Self::NoCredentials
            | Self::UnreadableCredentials { .. }
            | Self::Extension
            | Self::OtherVault
            | Self::CertificateDates
            | Self::Pkcs12
            | Self::X509 => "ReadVaultCredentials",
            Self::NoMachineCertificate | Self::NoUpn | Self::Jwt => "GetAADToken",
            Self::ScratchDisagrees => "GetScratchLocation",
            Self::Key | Self::OtherKey | Self::NoPassphrase => "GetEncryptionKey",
            Self::NoItems | Self::UnsupportedVolume { .. } | Self::UnsupportedFile { .. } => {
                "ScanFileSpecs"
            }
            Self::VirtualDisk(_) => "AttachVirtualDisk",
            Self::Snapshot(_) => "CreateSnapshot",
            Self::UpgradeRequired => "GetAgentUpdateInfo",
            Self::NoJob { .. } | Self::AnotherJob => "StartBackup",
            Self::NoRecoveryPoints => "GetAllRecoveryPoints",
            Self::Recovery { .. } => "RecoverFiles",
            Self::MountInProgress | Self::Portal | Self::Attach(_) => "MountRecoveryPoint",
        }
    }

    /// What Windows, .NET or the server says of it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::EngineUnreachable => ENGINE_REFUSED.to_owned(),
            Self::File { path, error }
            | Self::UnreadableCredentials { path, error }
            | Self::LeftOut { path, why: Skipped::Unread(error) } => of_file(*error, path.as_str()),
            Self::Http { host, error, .. } => of_http(error, host),
            Self::Answer { description: Some(description), .. } => description.clone(),
            Self::Answer { status, .. } => error_status(*status),
            Self::Credentials(error) => of_credentials(error),
            Self::Recovery { portal, .. } => format!("{} ({portal})", system_text(self.hresult())),
            Self::OtherVault => OTHER_VAULT.to_owned(),
            Self::CertificateDates => "CBPUserExpiredVaultCredential".to_owned(),
            Self::UpgradeRequired => UPGRADE_REQUIRED.to_owned(),
            Self::Precondition(unmet) => match &unmet.refused {
                Some((_number, text)) => text.clone(),
                None => system_text(self.hresult()).to_owned(),
            },
            _ => system_text(self.hresult()).to_owned(),
        }
    }

    /// Its number as an HRESULT.
    pub(crate) fn hresult(&self) -> u32 {
        match self {
            Self::EngineUnreachable => win32(WSAECONNREFUSED),
            Self::NoCredentials | Self::NoItems => win32(ERROR_FILE_NOT_FOUND),
            Self::Launch(error) => win32(error.number()),
            Self::File { error, .. }
            | Self::UnreadableCredentials { error, .. }
            | Self::TemporaryFile(error) => win32(error.number()),
            Self::LeftOut { why, .. } => why.hresult(),
            Self::UpgradeRequired => win32(ERROR_REVISION_MISMATCH),
            Self::ScratchDisagrees => win32(ERROR_PATH_NOT_FOUND),
            Self::NotRegistered | Self::NoRecoveryPoints | Self::NoPassphrase | Self::NoUpn => {
                win32(ERROR_NOT_FOUND)
            }
            Self::Credentials(_) | Self::Extension | Self::Portal => win32(ERROR_INVALID_DATA),
            Self::UnsupportedVolume { .. } | Self::UnsupportedFile { .. } => {
                win32(ERROR_NOT_SUPPORTED)
            }
            Self::AnotherJob | Self::MountInProgress => win32(ERROR_BUSY),
            Self::ProxySetting | Self::Url => win32(ERROR_WINHTTP_INVALID_URL),
            Self::Script => win32(ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT),
            Self::Probe => win32(ERROR_WINHTTP_INVALID_SERVER_RESPONSE),
            Self::Http { error, .. } => of_connection(error),
            Self::Answer { status, .. } => FACILITY_HTTP | u32::from(*status),
            Self::OtherVault => ID_OTHER_VAULT,
            Self::NoJob { .. } => SCHED_S_TASK_HAS_NOT_RUN,
            Self::DownloadForbidden => INET_E_SECURITY_PROBLEM,
            Self::CertificateDates => CERT_E_EXPIRED,
            Self::NoMachineCertificate => CRYPT_E_NOT_FOUND,
            Self::X509 => CRYPT_E_ASN1_BADTAG,
            Self::Pkcs12 | Self::Key | Self::OtherKey | Self::Jwt => NTE_BAD_DATA,
            Self::VirtualDisk(VirtualDiskError::NotFound) => win32(ERROR_FILE_NOT_FOUND),
            Self::VirtualDisk(error) => error.number(),
            Self::Snapshot(error) => error.number(),
            Self::Attach(error) => win32(error.number()),
            Self::Recovery { error, .. } => win32(error.number()),
            Self::Precondition(unmet) => match unmet.refused {
                Some((number, _)) if number > 0xffff => number,
                Some((number, _)) => win32(number),
                None => win32(ERROR_INVALID_DATA),
            },
        }
    }
}

impl Skipped {
    /// Its number as an HRESULT.
    pub(crate) fn hresult(self) -> u32 {
        win32(match self {
            Self::Unread(error) => error.number(),
            Self::Unsupported => ERROR_NOT_SUPPORTED,
        })
    }
}

/// A Win32 error as an HRESULT.
pub(crate) const fn win32(code: u32) -> u32 {
    FACILITY_WIN32 | code
}

/// WinHTTP's number for what became of a request.
fn of_connection(error: &HttpError) -> u32 {
    win32(match error {
        HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. } => match error {
            DialError::NoSuchHost => ERROR_WINHTTP_NAME_NOT_RESOLVED,
            DialError::TimedOut => ERROR_WINHTTP_TIMEOUT,
            DialError::Refused | DialError::Unreachable => ERROR_WINHTTP_CANNOT_CONNECT,
            DialError::Reset => ERROR_WINHTTP_CONNECTION_ERROR,
        },
        HttpError::ProxyRefused { status, .. } => return FACILITY_HTTP | u32::from(*status),
        HttpError::Tls(TlsError::Closed) | HttpError::Closed => ERROR_WINHTTP_CONNECTION_ERROR,
        HttpError::Tls(
            TlsError::NothingOffered | TlsError::NoCommonVersion | TlsError::Malformed,
        ) => ERROR_WINHTTP_SECURE_CHANNEL_ERROR,
        HttpError::Tls(_) => ERROR_WINHTTP_SECURE_FAILURE,
        HttpError::Malformed { .. } | HttpError::TooLarge { .. } => {
            ERROR_WINHTTP_INVALID_SERVER_RESPONSE
        }
    })
}

fn of_http(error: &HttpError, host: &str) -> String {
    match error {
        HttpError::Dial { to, error } | HttpError::ProxyDial { proxy: to, error } => match error {
            DialError::NoSuchHost => {
                format!("The remote name could not be resolved: '{}'", to.host)
            }
            DialError::TimedOut => format!("{CONNECTION_ATTEMPT_FAILED} {to}"),
            DialError::Refused => format!("{ACTIVELY_REFUSED} {to}"),
            DialError::Reset => FORCIBLY_CLOSED.to_owned(),
            DialError::Unreachable => {
                format!("A socket operation was attempted to an unreachable host {to}")
            }
        },
        HttpError::ProxyRefused { status, .. } => error_status(*status),
        HttpError::Tls(error) => of_tls(error).to_owned(),
        HttpError::Closed => {
            "The underlying connection was closed: The connection was closed unexpectedly."
                .to_owned()
        }
        HttpError::Malformed { reason: MessageError::NotJson { line, column } } => format!(
            "Unexpected character encountered while parsing value. Path '', line {line}, position {column}."
        ),
        HttpError::Malformed { reason: MessageError::RequestHeader | MessageError::RequestUrl } => {
            format!("Invalid URI: The hostname could not be parsed: '{host}'.")
        }
        HttpError::Malformed { reason: MessageError::NotHttp | MessageError::HeadTooLarge } => {
            "The server committed a protocol violation. Section=ResponseStatusLine".to_owned()
        }
        HttpError::TooLarge { .. } => "The message length limit was exceeded".to_owned(),
    }
}

fn of_tls(error: &TlsError) -> &'static str {
    match error {
        TlsError::NothingOffered | TlsError::NoCommonVersion => {
            "The request was aborted: Could not create SSL/TLS secure channel."
        }
        TlsError::Closed => FORCIBLY_CLOSED,
        TlsError::Malformed => "The handshake failed due to an unexpected packet format.",
        TlsError::UntrustedRoot { .. }
        | TlsError::Expired
        | TlsError::NotYetValid
        | TlsError::WrongName
        | TlsError::BadCertificate { .. } => {
            "The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel."
        }
    }
}

/// What .NET says of a status.
fn error_status(status: u16) -> String {
    format!("The remote server returned an error: {}", of_status(status))
}

/// A status in the words of HTTP.
pub(crate) fn of_status(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok();
    let reason = known.and_then(|status| status.canonical_reason()).unwrap_or_default();
    format!("({status}) {reason}.")
}

fn of_file(error: FileError, path: &str) -> String {
    match error {
        FileError::NotFound => format!("Could not find file '{path}'."),
        FileError::PathNotFound => format!("Could not find a part of the path '{path}'."),
        FileError::AccessDenied => format!("Access to the path '{path}' is denied."),
        FileError::SharingViolation => format!(
            "The process cannot access the file '{path}' because it is being used by another process."
        ),
        FileError::DiskFull
        | FileError::InvalidPath
        | FileError::NetworkPath
        | FileError::LogonFailure
        | FileError::NamesExhausted
        | FileError::Corrupt
        | FileError::CloudFile
        | FileError::TooLarge => system_text(win32(error.number())).to_owned(),
    }
}

/// What `DataContractSerializer` says (mars-facts 3.1).
fn of_credentials(error: &CredentialsError) -> String {
    match error {
        CredentialsError::NotXml => "Data at the root level is invalid.".to_owned(),
        CredentialsError::Root | CredentialsError::Namespace => {
            format!("Expecting element '{ROOT}' from namespace '{NAMESPACE}'.")
        }
        CredentialsError::Missing { name } => {
            format!("Value cannot be null. Parameter name: {name}")
        }
        CredentialsError::Value { name } => {
            format!("Input string was not in a correct format. Parameter name: {name}")
        }
        CredentialsError::Newer { name } => format!("Unrecognized element '{name}'."),
    }
}

/// What `FormatMessage` says in English.
const fn system_text(hresult: u32) -> &'static str {
    match hresult {
        NTE_BAD_DATA => "Bad Data.",
        CRYPT_E_NOT_FOUND => "Cannot find object or property.",
        CRYPT_E_ASN1_BADTAG => "ASN1 bad tag value met.",
        INET_E_SECURITY_PROBLEM => "A security problem occurred.",
        SCHED_S_TASK_HAS_NOT_RUN => "The task has not yet run.",
        ERROR_VIRTUAL_DISK_LIMITATION => {
            "The requested operation could not be completed due to a virtual disk system limitation. Virtual hard disk files must be uncompressed and unencrypted and must not be sparse."
        }
        VSS_E_SNAPSHOT_SET_IN_PROGRESS => "Another shadow copy creation is already in progress.",
        VSS_E_INSUFFICIENT_STORAGE => {
            "Insufficient storage available to create either the shadow copy storage file or other shadow copy data."
        }
        _ => match hresult & 0xffff {
            ERROR_FILE_NOT_FOUND => "The system cannot find the file specified.",
            ERROR_PATH_NOT_FOUND => "The system cannot find the path specified.",
            5 => "Access is denied.",
            32 => "The process cannot access the file because it is being used by another process.",
            ERROR_INVALID_DATA => "The data is invalid.",
            ERROR_NOT_SUPPORTED => "The request is not supported.",
            53 => "The network path was not found.",
            80 => "The file exists.",
            112 => "There is not enough space on the disk.",
            123 => "The filename, directory name, or volume label syntax is incorrect.",
            ERROR_BUSY => "The requested resource is in use.",
            223 => "The file size exceeds the limit allowed and cannot be saved.",
            259 => "No more data is available.",
            395 => "Access to the cloud file is denied.",
            433 => "A device which does not exist was specified.",
            1053 => {
                "The service did not respond to the start or control request in a timely fashion."
            }
            1058 => "The service cannot be started because it is disabled.",
            1062 => "The service has not been started.",
            1117 => "The request could not be performed because of an I/O device error.",
            ERROR_NOT_FOUND => "Element not found.",
            1326 => "The user name or password is incorrect.",
            1392 => "The file or directory is corrupted and unreadable.",
            ERROR_WINHTTP_INVALID_URL => "The URL is invalid",
            ERROR_WINHTTP_INVALID_SERVER_RESPONSE => {
                "The server returned an invalid or unrecognized response"
            }
            ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT => {
                "There was an error executing code in the proxy auto-configuration (PAC) script"
            }
            _ => "The connection failed.",
        },
    }
}

/// The engine listens at this address (issue 36684 of azure-docs).
const ENGINE_REFUSED: &str = "Could not connect to net.tcp://localhost:6049/CBEngine. TCP error code 10061: No connection could be made because the target machine actively refused it 127.0.0.1:6049.";

/// mars-facts 1.9.
const OTHER_VAULT: &str = "The specified vault credential file cannot be used as it is not downloaded from the vault associated with this server.";

/// By these words the product's documentation has the log searched (mars-facts 5.4).
const CONNECTION_ATTEMPT_FAILED: &str = "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond";
const ACTIVELY_REFUSED: &str =
    "No connection could be made because the target machine actively refused it";
const FORCIBLY_CLOSED: &str =
    "An existing connection was forcibly closed by the remote host (10054)";

const FACILITY_WIN32: u32 = 0x8007_0000;
/// `HTTP_E_STATUS_…`.
const FACILITY_HTTP: u32 = 0x8019_0000;

const ERROR_FILE_NOT_FOUND: u32 = 2;
const ERROR_PATH_NOT_FOUND: u32 = 3;
const ERROR_INVALID_DATA: u32 = 13;
const ERROR_NOT_SUPPORTED: u32 = 50;
const ERROR_BUSY: u32 = 170;
const ERROR_NOT_FOUND: u32 = 1168;
const ERROR_REVISION_MISMATCH: u32 = 1306;
const WSAECONNREFUSED: u32 = 10_061;
const ERROR_WINHTTP_TIMEOUT: u32 = 12_002;
const ERROR_WINHTTP_INVALID_URL: u32 = 12_005;
const ERROR_WINHTTP_NAME_NOT_RESOLVED: u32 = 12_007;
const ERROR_WINHTTP_CANNOT_CONNECT: u32 = 12_029;
const ERROR_WINHTTP_CONNECTION_ERROR: u32 = 12_030;
const ERROR_WINHTTP_INVALID_SERVER_RESPONSE: u32 = 12_152;
const ERROR_WINHTTP_SECURE_CHANNEL_ERROR: u32 = 12_157;
const ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT: u32 = 12_166;
const ERROR_WINHTTP_SECURE_FAILURE: u32 = 12_175;

/// The number that the console shows; no other is known (mars-facts 1.9).
const ID_OTHER_VAULT: u32 = 100_110;
const SCHED_S_TASK_HAS_NOT_RUN: u32 = 0x0004_1303;
const VSS_E_SNAPSHOT_SET_IN_PROGRESS: u32 = 0x8004_2316;
const VSS_E_INSUFFICIENT_STORAGE: u32 = 0x8004_231f;
const ERROR_VIRTUAL_DISK_LIMITATION: u32 = 0xc03a_001a;
const INET_E_SECURITY_PROBLEM: u32 = 0x800c_000e;
const NTE_BAD_DATA: u32 = 0x8009_0005;
const CRYPT_E_NOT_FOUND: u32 = 0x8009_2004;
const CRYPT_E_ASN1_BADTAG: u32 = 0x8009_310b;
const CERT_E_EXPIRED: u32 = 0x800b_0101;
