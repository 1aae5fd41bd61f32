//! Why a fault, a setting or a remedy could not be applied.

use ipnet::IpNet;
use marslab_live::LiveError;
use marslab_model::host::{FileError, ServiceError};
use marslab_model::net::AddressError;
use marslab_model::tracked::{ChangeError, FieldPath};
use marslab_model::{Name, Operation, Symptom, WinPath};
use marslab_wire::pkcs12::Pkcs12Error;
use marslab_wire::x509::X509Error;
use thiserror::Error;

/// Why a fault or a setting does not apply to a world: a fragment that reads after "cannot apply it: ".
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NotApplicable {
    /// The world has no thing of that name.
    #[error("there is no {what} `{name}`")]
    Missing {
        /// The kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// A thing of the world has no part of that name.
    #[error("`{holder}` has no {what} `{name}`")]
    Lacks {
        /// The name of the thing.
        holder: String,
        /// The kind of part.
        what: &'static str,
        /// The part's name.
        name: String,
    },
    /// The name is already in use.
    #[error("the {holder} already has the {what} `{name}`")]
    Exists {
        /// What has it.
        holder: &'static str,
        /// The kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// Something in the world does not meet the requirements.
    #[error("`{name}` {why}")]
    Unsuitable {
        /// Its name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The world does not meet the requirements.
    #[error("{0}")]
    State(&'static str),
    /// The parameters do not go together.
    #[error("{0}")]
    Parameters(&'static str),
    /// A total is not above what there already is, or too large.
    #[error("`{parameter}` must be more than the current {current} and at most {max}")]
    BadTotal {
        /// The parameter.
        parameter: &'static str,
        /// How many there are.
        current: usize,
        /// The largest total.
        max: i64,
    },
    /// A text is not a name of a file or folder.
    #[error("invalid name `{0}`")]
    BadFileName(String),
    /// A text is not a version.
    #[error("invalid version `{0}`; write one such as `3.0`")]
    BadVersion(String),
    /// A file would become too large.
    #[error("the file would grow by more than {max} bytes")]
    TooMuchGrowth {
        /// The largest growth, in bytes.
        max: usize,
    },
    /// A volume is smaller than the space that should be free on it.
    #[error("the volume has a total size of only {mib} MiB")]
    SmallVolume {
        /// The volume's size, in MiB.
        mib: u64,
    },
    /// Names are resolved, ranges of addresses are not.
    #[error("a DNS server cannot redirect the address range `{0}`")]
    RangeInDns(IpNet),
    /// A part of the world has no field or entry of that name.
    #[error("`{holder}` has no `{lacks}`{meant}")]
    NoField {
        /// The part of the world.
        holder: FieldPath,
        /// What it does not have.
        lacks: String,
        /// A question for what was most likely meant, after a semicolon; empty if nothing is near.
        meant: String,
    },
    /// A field does not take the value.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A certificate could not be made.
    #[error(transparent)]
    X509(#[from] X509Error),
    /// A certificate and its key could not be packed.
    #[error(transparent)]
    Pkcs12(#[from] Pkcs12Error),
}

impl NotApplicable {
    /// The world has no thing of that name.
    pub fn missing(what: &'static str, name: &(impl ToString + ?Sized)) -> Self {
        Self::Missing { what, name: name.to_string() }
    }

    /// A thing of the world has no part of that name.
    pub fn lacks(
        holder: &(impl ToString + ?Sized),
        what: &'static str,
        name: &(impl ToString + ?Sized),
    ) -> Self {
        Self::Lacks { holder: holder.to_string(), what, name: name.to_string() }
    }

    /// The name is already in use.
    pub fn exists(
        holder: &'static str,
        what: &'static str,
        name: &(impl ToString + ?Sized),
    ) -> Self {
        Self::Exists { holder, what, name: name.to_string() }
    }

    /// Something in the world does not meet the requirements.
    pub fn unsuitable(name: &(impl ToString + ?Sized), why: &'static str) -> Self {
        Self::Unsuitable { name: name.to_string(), why }
    }
}

/// Why a remedy could not be carried out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RemedyError {
    /// It does not apply to the world.
    #[error(transparent)]
    NotApplicable(#[from] NotApplicable),
    /// The running world refused a change, or failed.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// A text is not an address or a host.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Windows refused to change a file.
    #[error("cannot {doing} `{path}`: {error}")]
    File {
        /// What was done, such as `copy`.
        doing: &'static str,
        /// The file.
        path: WinPath,
        /// The reason.
        error: FileError,
    },
    /// Windows refused to start or stop a service.
    #[error("cannot {doing} `{service}`: {error}")]
    Service {
        /// What was done: `start` or `stop`.
        doing: &'static str,
        /// The service.
        service: Name,
        /// The reason.
        error: ServiceError,
    },
    /// An operation of the agent failed.
    #[error("`{operation}` failed: {}", .symptom.message)]
    OperationFailed {
        /// The operation.
        operation: Operation,
        /// What the console shows.
        symptom: Symptom,
    },
    /// The server could not be unregistered: what the browser or a server says.
    #[error("the server could not be unregistered from the vault: {0}")]
    NotUnregistered(String),
}

impl RemedyError {
    /// Windows refused to change a file.
    pub fn file(doing: &'static str, path: &WinPath, error: FileError) -> Self {
        Self::File { doing, path: path.clone(), error }
    }
}
