//! Scenario files on the disk, and those that are embedded in the program.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Problems;
use super::library::Library;
use super::parse::{TEXT_BYTES_MAX, parse};
use crate::play::Scenario;

/// Reads a scenario file. No more than 256 KiB are read, whatever the path leads to.
pub fn read(path: &Path, library: &Library<'_>) -> Result<Scenario, ReadError> {
    let text = read_text(path)?;
    let name = path.display().to_string();
    parse(&name, &text, library).map_err(|problems| ReadError::Bad(problems.into()))
}

/// Reads the text of a file, with the same bounds.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound { path: path.to_owned() },
        _ => ReadError::Io { path: path.to_owned(), error },
    };
    // Asked before the file is opened: a pipe would block, a device would never end.
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(ReadError::Folder { path: path.to_owned() });
    }
    if !about.is_file() {
        return Err(ReadError::NotAFile { path: path.to_owned() });
    }
    let limit = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    if about.len() <= limit {
        File::open(path)
            .map_err(failed)?
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    }
    if about.len() > limit || bytes.len() > TEXT_BYTES_MAX {
        return Err(ReadError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })
}

/// Why a scenario file could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file does not exist.
    #[error("cannot read `{}`: no such file", .path.display())]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("cannot read `{}`: is a folder", .path.display())]
    Folder {
        /// The path.
        path: PathBuf,
    },
    /// The path is not a regular file, but a pipe or a device.
    #[error("cannot read `{}`: not a regular file", .path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file is too large.
    #[error("cannot read `{}`: larger than {TEXT_BYTES_MAX} bytes", .path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
    },
    /// The file is not UTF-8.
    #[error("cannot read `{}`: invalid UTF-8 at byte {offset}", .path.display())]
    NotUtf8 {
        /// The path.
        path: PathBuf,
        /// The position of the first invalid byte.
        offset: usize,
    },
    /// The operating system reports an error.
    #[error("cannot read `{}`: {error}", .path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// The error.
        #[source]
        error: io::Error,
    },
    /// The text is not a valid scenario.
    #[error("{0}")]
    Bad(Box<Problems>),
}
