use super::{FileError, HostError, ReadError, ServiceError};
use crate::net::DialError;

#[test]
fn errors_have_windows_numbers_and_names_in_json() {
    let errors: [(&dyn HostError, u32, &str); 8] = [
        (&FileError::SharingViolation, 32, "sharing-violation"),
        (&FileError::CloudFile, 395, "cloud-file"),
        (&ReadError::AccessDenied, 5, "access-denied"),
        (&ReadError::Failed(0x8007_06ba), 0x8007_06ba, "failed"),
        (&ServiceError::RequestTimeout, 1053, "request-timeout"),
        (&ServiceError::CannotAcceptControl, 1061, "cannot-accept-control"),
        (&ServiceError::NotActive, 1062, "not-active"),
        (&DialError::NoSuchHost, 11_001, "no-such-host"),
    ];
    for (error, number, code) in errors {
        assert_eq!((error.number(), error.code().as_str()), (number, code));
    }
}

/// What is shown of an error ends in its number.
#[test]
fn texts_and_numbers_agree() {
    for error in [
        FileError::NotFound,
        FileError::AccessDenied,
        FileError::SharingViolation,
        FileError::DiskFull,
        FileError::InvalidPath,
        FileError::PathNotFound,
        FileError::LogonFailure,
        FileError::NetworkPath,
        FileError::NamesExhausted,
        FileError::Corrupt,
        FileError::CloudFile,
    ] {
        assert!(error.to_string().ends_with(&format!("({})", error.number())), "{error}");
    }
    for error in [
        ServiceError::AccessDenied,
        ServiceError::RequestTimeout,
        ServiceError::Disabled,
        ServiceError::Missing,
        ServiceError::CannotAcceptControl,
        ServiceError::NotActive,
    ] {
        assert!(error.to_string().ends_with(&format!("({})", error.number())), "{error}");
    }
    assert_eq!(ReadError::Failed(0x8007_06ba).to_string(), "the call failed (0x800706ba)");
}
