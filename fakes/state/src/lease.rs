//! A temporary folder that is removed after its process has ended, however it ended.
//!
//! Beside each folder is a file that its process keeps locked. The system releases the lock when the process ends; the
//! next process that can lock the file removes the folder. No process ids are involved, so a reused one does no harm.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::os;

/// A folder that is removed when this is dropped, or by the next start where the process was killed.
#[derive(Debug)]
pub struct Lease {
    folder: PathBuf,
    lock: Option<Lock>,
}

#[derive(Debug)]
struct Lock {
    path: PathBuf,
    /// Held for its lock.
    _file: File,
}

impl Lease {
    /// Makes an empty folder in `parent`, which only this user can look into.
    pub fn new_in(parent: &Path) -> io::Result<Self> {
        let lock = Lock::new_in(parent)?;
        let folder = lock.path.with_extension("");
        let name = folder.file_name().unwrap_or_default();
        // The name is free, as the lock's was.
        match os::private_folder(parent, name) {
            Ok(folder) => Ok(Self { folder, lock: Some(lock) }),
            Err(error) => {
                drop(fs::remove_file(&lock.path));
                Err(error)
            }
        }
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Lets the folder stay for good.
    pub fn keep(mut self) -> PathBuf {
        if let Some(lock) = self.lock.take() {
            // While it is still locked: between the two, a sweeper would take the folder for a dead process's.
            drop(fs::remove_file(&lock.path));
        }
        std::mem::take(&mut self.folder)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Still locked, so that no sweeper does the same at the same time.
        if let Some(lock) = self.lock.take() {
            discard(&self.folder, &lock.path);
        }
    }
}

impl Lock {
    fn new_in(parent: &Path) -> io::Result<Self> {
        let prefix = format!("{PREFIX}{}-", std::process::id());
        for _ in 0..ATTEMPTS {
            let made =
                tempfile::Builder::new().prefix(&prefix).suffix(SUFFIX).tempfile_in(parent)?;
            let (file, path) = made.keep().map_err(|error| error.error)?;
            match file.try_lock() {
                // A sweeper may have been faster and have taken it for a dead process's; then it is gone.
                Ok(()) if !path.exists() => {}
                Ok(()) => return Ok(Self { path, _file: file }),
                Err(TryLockError::WouldBlock) => {}
                // Without file locks no sweep can lock it either: the folder is safe, and stays if the process is
                // killed.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { path, _file: file });
                }
                Err(TryLockError::Error(error)) => {
                    drop(fs::remove_file(path));
                    return Err(error);
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// Removes the folders in `parent` whose processes are dead, and says how many there were.
pub fn sweep(parent: &Path) -> io::Result<usize> {
    let mut swept = 0;
    for entry in fs::read_dir(parent)? {
        let Ok(entry) = entry else { continue };
        let Some(file) = lock_file(&entry) else { continue };
        let path = entry.path();
        if file.try_lock().is_ok() && discard(&path.with_extension(""), &path) {
            swept += 1;
        }
    }
    Ok(swept)
}

/// The folders in `parent` whose processes are alive, in order of their paths.
pub fn alive(parent: &Path) -> io::Result<Vec<PathBuf>> {
    let mut alive = Vec::new();
    for entry in fs::read_dir(parent)? {
        let Ok(entry) = entry else { continue };
        let Some(file) = lock_file(&entry) else { continue };
        if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            alive.push(entry.path().with_extension(""));
        }
    }
    alive.sort();
    Ok(alive)
}

/// Opens an entry that is a lock file of ours.
fn lock_file(entry: &fs::DirEntry) -> Option<File> {
    let name = entry.file_name();
    let is_ours =
        name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
    // Only a plain file is opened: to open a pipe could wait for ever.
    let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
    if is_ours && is_file { File::open(entry.path()).ok() } else { None }
}

/// Removes a folder, and then its lock file: what is left over for now is found again by its lock file.
fn discard(folder: &Path, lock: &Path) -> bool {
    let gone = match remove(folder) {
        Ok(()) => true,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    gone && fs::remove_file(lock).is_ok()
}

/// Removes a folder with all that is in it.
fn remove(folder: &Path) -> io::Result<()> {
    for _ in 1..ATTEMPTS {
        match fs::remove_dir_all(folder) {
            // A program has made a folder that it cannot write to itself.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                os::open_up(folder).ok();
            }
            // A program that is being killed has made one more file.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            other => return other,
        }
    }
    fs::remove_dir_all(folder)
}

/// How our folders and their lock files begin.
const PREFIX: &str = "marslab-";

/// How a lock file ends; without it, it is the folder's name.
const SUFFIX: &str = ".lock";

/// A sweeper has to hit the instant between making a file and locking it each time; a program that is being killed, the
/// instant before its folder is removed.
const ATTEMPTS: u32 = 8;

#[cfg(test)]
mod tests;
