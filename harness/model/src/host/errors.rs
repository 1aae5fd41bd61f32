//! How calls of the host port fail. Each error is one that Windows itself reports, and knows its number.

use std::fmt::Display;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::net::DialError;

/// An error of the host port.
pub trait HostError: Display + Send + Sync {
    /// The number of the error as Windows reports it: a Win32 or WinSock error, an RPC status, or an HRESULT.
    fn number(&self) -> u32;

    /// The error's name in JSON (`access-denied`).
    fn code(&self) -> String;

    /// The error where it says that something could not be read: not how a file, a service or a connection failed.
    fn as_read_error(&self) -> Option<ReadError> {
        None
    }
}

/// An error whose values are listed, for those who describe the calls.
pub trait ListedError: HostError + Sized + 'static {
    /// The errors with which calls can fail that only read. One that has a number of its own stands for all of its kind.
    const OF_READS: &'static [Self];
}

/// The name of an error in JSON, which is that of its variant.
pub(super) fn code_of(error: &impl Serialize) -> String {
    let code = match serde_json::to_value(error) {
        Ok(Value::String(code)) => Some(code),
        Ok(Value::Object(of_one)) => of_one.into_iter().map(|(code, _)| code).next(),
        _ => None,
    };
    code.unwrap_or_default()
}

/// Why a file operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum FileError {
    /// `ERROR_FILE_NOT_FOUND`.
    #[error("the file does not exist (2)")]
    NotFound,
    /// `ERROR_PATH_NOT_FOUND`: the account has no such drive.
    #[error("the path does not exist (3)")]
    PathNotFound,
    /// `ERROR_ACCESS_DENIED`.
    #[error("access is denied (5)")]
    AccessDenied,
    /// `ERROR_SHARING_VIOLATION`.
    #[error("another process uses the file (32)")]
    SharingViolation,
    /// `ERROR_DISK_FULL`.
    #[error("the volume has not enough space (112)")]
    DiskFull,
    /// `ERROR_INVALID_NAME`.
    #[error("the path is not valid (123)")]
    InvalidPath,
    /// `ERROR_BAD_NETPATH`.
    #[error("the network path was not found (53)")]
    NetworkPath,
    /// `ERROR_LOGON_FAILURE`: the other computer does not know the account.
    #[error("the user name or password is incorrect (1326)")]
    LogonFailure,
    /// `ERROR_FILE_EXISTS`, for temporary names: every one is taken.
    #[error("no more temporary names (80)")]
    NamesExhausted,
    /// `ERROR_FILE_CORRUPT`.
    #[error("the file or directory is corrupted and unreadable (1392)")]
    Corrupt,
    /// `ERROR_CLOUD_FILE_ACCESS_DENIED`.
    #[error("access to the cloud file is denied (395)")]
    CloudFile,
    /// The file is larger than [`FILE_BYTES_MAX`](super::FILE_BYTES_MAX).
    #[error("the file is too large to be read whole")]
    TooLarge,
}

impl HostError for FileError {
    fn number(&self) -> u32 {
        match self {
            Self::NotFound => 2,
            Self::PathNotFound => 3,
            Self::AccessDenied => 5,
            Self::SharingViolation => 32,
            Self::NetworkPath => 53,
            Self::NamesExhausted => 80,
            Self::DiskFull => 112,
            Self::InvalidPath => 123,
            // ERROR_FILE_TOO_LARGE: what the port does not carry.
            Self::TooLarge => 223,
            Self::CloudFile => 395,
            Self::LogonFailure => 1326,
            Self::Corrupt => 1392,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl ListedError for FileError {
    const OF_READS: &'static [Self] = &[
        Self::NotFound,
        Self::PathNotFound,
        Self::AccessDenied,
        Self::SharingViolation,
        Self::InvalidPath,
        Self::NetworkPath,
        Self::LogonFailure,
        Self::Corrupt,
        Self::CloudFile,
        Self::TooLarge,
    ];
}

/// Why something other than a file could not be read. That it is not there is an answer, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum ReadError {
    /// `ERROR_ACCESS_DENIED`: the program may not read it.
    #[error("access is denied (5)")]
    AccessDenied,
    /// `ERROR_BAD_NETPATH`: the other computer was not found, or its registry is not offered.
    #[error("the network path was not found (53)")]
    NetworkPath,
    /// The service that answers such calls failed, or does not run. Its Win32 error, RPC status or HRESULT.
    #[error("the call failed ({0:#x})")]
    Failed(u32),
}

impl HostError for ReadError {
    fn number(&self) -> u32 {
        match self {
            Self::AccessDenied => 5,
            Self::NetworkPath => 53,
            Self::Failed(number) => *number,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }

    fn as_read_error(&self) -> Option<ReadError> {
        Some(*self)
    }
}

impl ListedError for ReadError {
    const OF_READS: &'static [Self] =
        &[Self::AccessDenied, Self::NetworkPath, Self::Failed(RPC_SERVER_UNAVAILABLE)];
}

/// Why a control request to a service failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceError {
    /// `ERROR_ACCESS_DENIED`.
    #[error("access is denied (5)")]
    AccessDenied,
    /// `ERROR_SERVICE_REQUEST_TIMEOUT`: the service runs and did not answer for as long as Windows waits.
    #[error("the service did not respond to the control request in a timely fashion (1053)")]
    RequestTimeout,
    /// `ERROR_SERVICE_DISABLED`.
    #[error("the service is disabled (1058)")]
    Disabled,
    /// `ERROR_SERVICE_DOES_NOT_EXIST`.
    #[error("the service does not exist (1060)")]
    Missing,
    /// `ERROR_SERVICE_CANNOT_ACCEPT_CTRL`: it is only starting or stopping.
    #[error("the service cannot accept control messages at this time (1061)")]
    CannotAcceptControl,
    /// `ERROR_SERVICE_NOT_ACTIVE`.
    #[error("the service has not been started (1062)")]
    NotActive,
}

impl HostError for ServiceError {
    fn number(&self) -> u32 {
        match self {
            Self::AccessDenied => 5,
            Self::RequestTimeout => 1053,
            Self::Disabled => 1058,
            Self::Missing => 1060,
            Self::CannotAcceptControl => 1061,
            Self::NotActive => 1062,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl ListedError for ServiceError {
    const OF_READS: &'static [Self] = &[
        Self::AccessDenied,
        Self::RequestTimeout,
        Self::Disabled,
        Self::Missing,
        Self::CannotAcceptControl,
        Self::NotActive,
    ];
}

impl HostError for DialError {
    fn number(&self) -> u32 {
        match self {
            Self::NoSuchHost => 11_001,
            Self::TimedOut => 10_060,
            Self::Refused => 10_061,
            Self::Reset => 10_054,
            Self::Unreachable => 10_065,
        }
    }

    fn code(&self) -> String {
        code_of(self)
    }
}

impl ListedError for DialError {
    const OF_READS: &'static [Self] =
        &[Self::NoSuchHost, Self::TimedOut, Self::Refused, Self::Reset, Self::Unreachable];
}

/// `RPC_S_SERVER_UNAVAILABLE` as an HRESULT: what WMI says where its service does not run.
const RPC_SERVER_UNAVAILABLE: u32 = 0x8007_06ba;

#[cfg(test)]
mod tests;
