//! Scenario files on the disk, and those that are embedded in the program.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Problems;
use super::library::Library;
use super::parse::{TEXT_BYTES_MAX, parse};
use crate::play::{STDIN, Scenario};

/// Reads a scenario file; `-` is standard input. No more than 256 KiB are read, whatever the path leads to.
pub fn read(path: &Path, library: &Library<'_>) -> Result<Scenario, ReadError> {
    let text = read_text(path)?;
    let name = path.display().to_string();
    parse(&name, &text, library).map_err(|problems| ReadError::Bad(problems.into()))
}

/// Reads the text of a file, with the same bounds.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    if path == Path::new(STDIN) {
        return from_bytes(path, bounded(io::stdin().lock()).map_err(|error| failed(path, error))?);
    }
    let failed = |error: io::Error| failed(path, error);
    // Asked before the file is opened: a pipe would block, a device would never end.
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(ReadError::Folder { path: path.to_owned() });
    }
    if !about.is_file() {
        return Err(ReadError::NotAFile { path: path.to_owned() });
    }
    let is_small = usize::try_from(about.len()).is_ok_and(|bytes| bytes <= TEXT_BYTES_MAX);
    if !is_small {
        return Err(ReadError::TooLarge { path: path.to_owned() });
    }
    from_bytes(path, bounded(File::open(path).map_err(failed)?).map_err(failed)?)
}

fn failed(path: &Path, error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound { path: path.to_owned() },
        _ => ReadError::Io { path: path.to_owned(), error },
    }
}

/// What there is, and one byte more than a file may have at the most.
fn bounded(from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX);
    from.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn from_bytes(path: &Path, bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.len() > TEXT_BYTES_MAX {
        return Err(ReadError::TooLarge { path: path.to_owned() });
    }
    if matches!(bytes.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] | [0, _, ..]) {
        return Err(ReadError::Utf16 { path: path.to_owned() });
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
    /// The file is UTF-16, as Windows PowerShell writes what is redirected.
    #[error("cannot read `{}`: it is UTF-16; save it as UTF-8 (in Windows PowerShell: `… | Out-File -Encoding utf8 FILE`)", .path.display())]
    Utf16 {
        /// The path.
        path: PathBuf,
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
