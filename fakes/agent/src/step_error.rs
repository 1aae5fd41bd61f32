//! How a step fails: what it asked Windows or a server for, and what came back.
//!
//! Which message the console shows for it, the [`Product`](crate::product::Product) says, by its [`Kind`]; `report` says what
//! Windows and .NET say of it, for the log and the history of jobs.

use std::borrow::Cow;

use marslab_model::host::{
    AttachError, FileError, HostError, LaunchError, RpcError, SnapshotError, VirtualDiskError,
    VolumeError,
};
use marslab_model::{Address, WinPath};
use marslab_wire::http::{HttpError, Response, UrlError};
use marslab_wire::jwt::JwtError;
use marslab_wire::pkcs12::Pkcs12Error;
use marslab_wire::x509::X509Error;
use serde_json::Value;

use crate::credentials_file::CredentialsError;
use crate::key::KeyError;
use crate::product::Unmet;
use crate::step::Step;

mod kind;
mod report;

pub use kind::Kind;
pub(crate) use report::of_status;

/// How a step fails.
#[derive(Debug)]
pub(crate) enum StepError {
    /// The service `obengine` does not run or does not answer.
    EngineUnreachable,
    /// A program does not start.
    Launch(LaunchError),
    /// A file or folder cannot be used.
    File { path: WinPath, error: FileError },
    /// The server is not registered.
    NotRegistered,
    /// The proxy setting is no address, or that of the agent no `http://host`.
    ProxySetting,
    /// The configuration script is more than a function that returns one text.
    Script,
    /// A URL cannot be used.
    Url,
    /// The security zone of a host does not allow file downloads.
    DownloadForbidden,
    /// A host did not answer.
    Http { call: &'static str, host: String, error: HttpError },
    /// A host answered with an error.
    Answer { call: &'static str, status: u16, code: String, description: Option<String> },
    /// The connectivity probe did not answer with its text.
    Probe,
    /// The vault credentials file has the wrong content.
    Credentials(CredentialsError),
    /// Windows makes no temporary file.
    TemporaryFile(FileError),
    /// There is no vault credentials file.
    NoCredentials,
    /// The vault credentials file cannot be read.
    UnreadableCredentials { path: WinPath, error: FileError },
    /// The name of the vault credentials file has the wrong extension.
    Extension,
    /// The vault credentials file is of another vault than the server's own.
    OtherVault,
    /// The certificate of the vault credentials file is not valid now.
    CertificateDates,
    /// The machine's certificate is not in the store.
    NoMachineCertificate,
    /// A PKCS#12 file cannot be read or made.
    Pkcs12,
    /// A certificate or its key cannot be used.
    X509,
    /// The assertion for the login service cannot be signed.
    Jwt,
    /// The user has no account at the login service.
    NoUpn,
    /// The two registry keys name different scratch folders, or none.
    ScratchDisagrees,
    /// The key file is damaged.
    Key,
    /// The key file belongs to another passphrase than the one that was set.
    OtherKey,
    /// None of the items of the backup policy exists.
    NoItems,
    /// Volumes of this kind cannot be backed up.
    UnsupportedVolume { path: WinPath },
    /// Files with these attributes cannot be backed up.
    UnsupportedFile { path: WinPath },
    /// The virtual hard disk for the metadata cannot be attached.
    VirtualDisk(VirtualDiskError),
    /// There is no snapshot.
    Snapshot(SnapshotError),
    /// The schedule started no backup job; its own last step is this.
    NoJob { at: Step },
    /// Another backup job is in progress.
    AnotherJob,
    /// No passphrase was set.
    NoPassphrase,
    /// Files or folders were left out of a backup; this is the first of them.
    LeftOut { path: WinPath, why: Skipped },
    /// The service supports no agents as old as the installed one.
    UpgradeRequired,
    /// The vault has no recovery points of this server.
    NoRecoveryPoints,
    /// An earlier mount is still in progress.
    MountInProgress,
    /// The service named no iSCSI portal.
    Portal,
    /// The recovery volume cannot be attached.
    Attach(AttachError),
    /// The recovery volume was not read to its end.
    Recovery { portal: Address, error: VolumeError },
    /// A precondition of the step does not hold.
    Precondition(Box<Unmet>),
}

/// Why a file or folder is left out of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skipped {
    /// It cannot be read.
    Unread(FileError),
    /// Its attributes are not supported.
    Unsupported,
}

impl StepError {
    /// The error of a host that answered with another status than success. Of the body only the error's code is kept,
    /// and what the login service says of it.
    pub(crate) fn answer(call: &'static str, response: &Response) -> Self {
        let (mut code, description) = error_of(&response.body);
        if let Some(named) = response.header("x-ms-error-code") {
            // A storage account names its codes in the head, too.
            code = named.chars().take(CODE_CHARS_MAX).collect();
        }
        Self::Answer { call, status: response.status, code, description }
    }

    /// The status of a server's answer, or of a proxy that opened no tunnel.
    pub(crate) const fn status(&self) -> Option<u16> {
        match self {
            Self::Http { error: HttpError::ProxyRefused { status, .. }, .. }
            | Self::Answer { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The code of a service's answer, or the name of the error of Windows.
    pub(crate) fn code(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Answer { code, .. } => Some(Cow::Borrowed(code)),
            _ => self.host_error().map(|error| Cow::Owned(error.code())),
        }
    }

    /// The step that failed, where it is not the one that was entered last.
    pub(crate) fn step(&self) -> Option<Step> {
        match self {
            Self::LeftOut { .. } => Some(Step::ReadItems),
            Self::UpgradeRequired => Some(Step::DownloadVersionPage),
            Self::NoJob { at } => Some(*at),
            Self::Precondition(unmet) => Some(unmet.step),
            _ => None,
        }
    }

    /// The error of the call of Windows that failed.
    fn host_error(&self) -> Option<&dyn HostError> {
        match self {
            Self::Launch(error) => Some(error),
            Self::File { error, .. }
            | Self::UnreadableCredentials { error, .. }
            | Self::LeftOut { why: Skipped::Unread(error), .. }
            | Self::TemporaryFile(error) => Some(error),
            Self::Http {
                error: HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. },
                ..
            } => Some(error),
            Self::VirtualDisk(error) => Some(error),
            Self::Snapshot(error) => Some(error),
            Self::Attach(error) => Some(error),
            Self::Recovery { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Lets `?` turn the error of a call into that of its step.
macro_rules! from {
    ($($error:ty => $step:expr,)*) => {
        $(
            impl From<$error> for StepError {
                fn from(error: $error) -> Self {
                    $step(error)
                }
            }
        )*
    };
}

from! {
    AttachError => Self::Attach,
    CredentialsError => Self::Credentials,
    JwtError => |_| Self::Jwt,
    KeyError => |_| Self::Key,
    Pkcs12Error => |_| Self::Pkcs12,
    RpcError => |_| Self::EngineUnreachable,
    SnapshotError => Self::Snapshot,
    UrlError => |_| Self::Url,
    VirtualDiskError => Self::VirtualDisk,
    X509Error => |_| Self::X509,
}

/// The code of an error body, and the first line of the login service's description (mars-facts 4.4, 4.5).
fn error_of(body: &[u8]) -> (String, Option<String>) {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return (String::new(), None) };
    let code = body.pointer("/error/code").or_else(|| body.get("error")).and_then(Value::as_str);
    let code = code.unwrap_or_default().chars().take(CODE_CHARS_MAX).collect();
    let description = body.get("error_description").and_then(Value::as_str);
    let line = description.and_then(|text| text.lines().next());
    (code, line.map(|line| line.chars().take(DESCRIPTION_CHARS_MAX).collect()))
}

/// The longest known code has 36 characters.
const CODE_CHARS_MAX: usize = 64;

/// A line of the log stays readable.
const DESCRIPTION_CHARS_MAX: usize = 256;

#[cfg(test)]
mod tests;
