use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::{FileError, HostError, ListedError, ReadError, ServiceError};
use crate::host::{AttachError, LaunchError, SnapshotError};
use crate::net::DialError;

#[test]
fn errors_have_windows_numbers_and_names_in_json() {
    let errors: [(&dyn HostError, u32, &str); 12] = [
        (&FileError::SharingViolation, 32, "sharing-violation"),
        (&FileError::CloudFile, 395, "cloud-file"),
        (&ReadError::AccessDenied, 5, "access-denied"),
        (&ReadError::Failed(0x8007_06ba), 0x8007_06ba, "failed"),
        (&ServiceError::RequestTimeout, 1053, "request-timeout"),
        (&ServiceError::CannotAcceptControl, 1061, "cannot-accept-control"),
        (&ServiceError::NotActive, 1062, "not-active"),
        (&DialError::NoSuchHost, 11_001, "no-such-host"),
        (&AttachError::NoInitiator, 433, "no-initiator"),
        (&AttachError::Unreachable(DialError::Refused), 10_061, "unreachable"),
        (&LaunchError::Blocked, 5, "blocked"),
        (&SnapshotError::InProgress, 0x8004_2316, "in-progress"),
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

#[test]
fn every_error_of_reads_is_listed() {
    // Those with which only calls fail that write.
    all_but::<FileError>(&[FileError::DiskFull, FileError::NamesExhausted]);
    all_but::<ReadError>(&[]);
    all_but::<ServiceError>(&[]);
    all_but::<DialError>(&[]);
}

/// Holds the list to the names that serde knows.
#[track_caller]
fn all_but<E: ListedError + DeserializeOwned>(others: &[E]) {
    let unknown = serde_json::from_str::<E>("\"?\"").err().unwrap().to_string();
    let names = unknown.split('`').skip(3).step_by(2).map(str::to_owned);
    let listed = E::OF_READS.iter().chain(others).map(HostError::code);
    assert_eq!(listed.collect::<BTreeSet<_>>(), names.collect::<BTreeSet<_>>());
}
