//! What a step can hit. It goes to the log; what the console shows is a [`Message`](crate::messages::Message).

use marslab_model::WinPath;
use marslab_model::host::{AttachError, FileError, LaunchError, SnapshotError};
use marslab_wire::http::{HttpError, Response, UrlError};
use marslab_wire::jwt::JwtError;
use marslab_wire::pkcs12::Pkcs12Error;
use marslab_wire::x509::X509Error;
use serde_json::Value;
use thiserror::Error;

use crate::credentials_file::CredentialsError;
use crate::key::KeyError;

/// What a step hit.
#[derive(Debug, Error)]
pub(crate) enum Trouble {
    #[error("the service `obengine` is not running or does not answer")]
    EngineUnreachable,
    #[error("`{program}` was not started: {error}")]
    Launch { program: WinPath, error: LaunchError },
    #[error("cannot use `{path}`: {error}")]
    File { path: WinPath, error: FileError },
    #[error("the server is not registered")]
    NotRegistered,
    #[error("the proxy setting is not `host:port`")]
    ProxySetting,
    #[error("the configuration script at `{url}` is more than a function that returns one text")]
    Script { url: String },
    #[error("a URL cannot be used: {0}")]
    Url(#[from] UrlError),
    #[error("file download from `{host}` is not allowed in its security zone")]
    DownloadForbidden { host: String },
    #[error("`{host}` was not reached: {error}")]
    Http { host: String, error: HttpError },
    #[error("`{host}` answered with status `{status}` {code}")]
    Answer { host: String, status: u16, code: String },
    #[error("the connectivity probe at `{host}` did not answer with its text")]
    Probe { host: String },
    #[error("the vault credentials are not usable: {0}")]
    Credentials(#[from] CredentialsError),
    #[error("file download is not allowed into `{path}`: {error}")]
    DownloadFolder { path: WinPath, error: FileError },
    #[error("no vault credentials file was found")]
    NoCredentials,
    #[error("the vault credentials file `{path}` cannot be read: {error}")]
    UnreadableCredentials { path: WinPath, error: FileError },
    #[error("`{path}` does not end as vault credentials files do")]
    Extension { path: WinPath },
    #[error(
        "the vault credentials file is of `{file}`, the server is registered with `{registered}`"
    )]
    OtherVault { file: String, registered: String },
    #[error("`{path}` lies on a network location")]
    OnNetwork { path: WinPath },
    #[error("the certificate of the vault credentials is not valid at this time")]
    CertificateDates,
    #[error("the machine's certificate is not in the store")]
    NoMachineCertificate,
    #[error("the PKCS#12 file was not usable: {0}")]
    Pkcs12(#[from] Pkcs12Error),
    #[error("a certificate or key was not usable: {0}")]
    X509(#[from] X509Error),
    #[error("the assertion was not signed: {0}")]
    Jwt(#[from] JwtError),
    #[error("the user is not known at the login service")]
    NoUpn,
    #[error("the values ScratchLocation of the two registry keys do not agree")]
    ScratchDisagrees,
    #[error("the encryption key is not usable: {0}")]
    Key(#[from] KeyError),
    #[error("the encryption key does not fit the passphrase that was set")]
    OtherKey,
    #[error("none of the items of the backup policy exists")]
    NoItems,
    #[error("the volume of `{path}` is not supported")]
    UnsupportedVolume { path: WinPath },
    #[error("`{path}` has attributes that are not supported")]
    UnsupportedFile { path: WinPath },
    #[error("no snapshot was taken: {0}")]
    Snapshot(#[from] SnapshotError),
    #[error("no backup job was started")]
    NoJob,
    #[error("a backup job was in progress")]
    AnotherJob,
    #[error("no passphrase was set")]
    NoPassphrase,
    #[error("{count} of the selected files or folders were left out, first `{path}`: {error}")]
    LeftOut { count: usize, path: WinPath, error: FileError },
    #[error("the vault has no recovery points of this server")]
    NoRecoveryPoints,
    #[error("an earlier mount is still in progress")]
    MountInProgress,
    #[error("the service named no iSCSI portal")]
    Portal,
    #[error("the recovery volume was not attached: {0}")]
    Attach(#[from] AttachError),
}

impl Trouble {
    /// That `host` answered with another status than success. Of the body only the error's code is kept.
    pub(crate) fn answer(host: String, response: &Response) -> Self {
        Self::Answer { host, status: response.status, code: error_code(&response.body) }
    }

    /// Whether a proxy asked for credentials (status 407).
    pub(crate) fn is_proxy_asking(&self) -> bool {
        match self {
            Self::Http { error: HttpError::ProxyRefused { status, .. }, .. }
            | Self::Answer { status, .. } => *status == PROXY_AUTHENTICATION_REQUIRED,
            _ => false,
        }
    }

    /// Whether a service was reached and refused what it was asked for. A token that it does not take, or a proxy's
    /// own answer, is no such refusal: nothing was asked then.
    pub(crate) fn is_refusal(&self) -> bool {
        let unasked = [UNAUTHORIZED, PROXY_AUTHENTICATION_REQUIRED];
        matches!(self, Self::Answer { status, .. } if *status >= 400 && !unasked.contains(status))
    }

    /// Whether a service gave this error code.
    pub(crate) fn has_code(&self, wanted: &str) -> bool {
        matches!(self, Self::Answer { code, .. } if code == wanted)
    }
}

/// The code of an error body: of the resource manager's form, or the number with which the login service begins its
/// description (mars-facts 4.4, 4.5).
fn error_code(body: &[u8]) -> String {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return String::new() };
    let described = body.get("error_description").and_then(Value::as_str);
    let number = described.and_then(|text| text.split_once(':')).map(|(number, _text)| number);
    let code = body.pointer("/error/code").or_else(|| body.get("error")).and_then(Value::as_str);
    number.or(code).unwrap_or_default().chars().take(CODE_CHARS_MAX).collect()
}

const UNAUTHORIZED: u16 = 401;
const PROXY_AUTHENTICATION_REQUIRED: u16 = 407;

/// The longest known code has 36 characters; more would be no code.
const CODE_CHARS_MAX: usize = 64;

#[cfg(test)]
mod tests;
