//! The files and folders that are selected for backup.
//!
//! † The selection is the registry's `BackupItems` less its `BackupExclusions`, paths separated by semicolons; no source
//! tells where the product keeps it.

use std::collections::BTreeSet;

use marslab_model::host::{Account, FileError, FileInfo, VolumeInfo};
use marslab_model::world::{BitLocker, FileAttribute, VolumeKind};
use marslab_model::{HostControl, Name, WinPath};

use crate::places::{CONFIG_KEY, text};
use crate::step_error::{Skipped, StepError};

/// How much data there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    /// The size of the files, in bytes.
    pub(crate) bytes: u64,
    /// How many files there are.
    pub(crate) files: u64,
}

impl Amount {
    fn add(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.files = self.files.saturating_add(1);
    }
}

/// The selected files that can be listed: an estimate of what a backup will read.
pub(crate) fn estimate(host: &dyn HostControl) -> Amount {
    let mut amount = Amount::default();
    for item in selected(host) {
        // The backup itself reports what cannot be listed.
        let walked = walk(host, &item, &mut |file| {
            amount.add(file.size);
            Ok(())
        });
        amount.files = amount.files.saturating_add(walked.unwrap_or_default());
    }
    amount
}

/// What becomes of a job by files whose attributes are not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// They are skipped.
    Skipped,
    /// They end it.
    EndsJob,
}

/// The selected files, and which of them can be backed up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Examined {
    /// The files that can be read.
    pub(crate) amount: Amount,
    /// The files and folders that are left out, with the reason (mars-facts 1.9).
    pub(crate) left_out: Vec<(WinPath, Skipped)>,
    /// The files that can be read and are listed one by one, each with its size in bytes.
    pub(crate) files: Vec<(WinPath, u64)>,
}

/// Reads the selected files. At least one item must exist, and all must be on supported volumes (mars-facts 5.11). A file
/// that cannot be read is left out; so is one with unsupported attributes, if the agent skips those.
pub(crate) fn examine(
    host: &dyn HostControl,
    unsupported: Unsupported,
) -> Result<Examined, StepError> {
    let (mut examined, mut found) = (Examined::default(), false);
    let volumes = host.volumes(&Account::System).unwrap_or_default();
    for item in selected(host) {
        let volume = item.volume().and_then(|letter| volumes.get(&letter));
        if !volume.is_some_and(is_supported) {
            return Err(StepError::UnsupportedVolume { path: item });
        }
        let walked = walk(host, &item, &mut |file| examined.add(host, file, unsupported));
        match walked {
            Ok(numbered) => {
                examined.amount.files = examined.amount.files.saturating_add(numbered);
                found = true;
            }
            Err(StepError::File { path, error: FileError::NotFound }) if path == item => {
                examined.left_out.push((path, Skipped::Unread(FileError::NotFound)));
            }
            Err(other) => return Err(other),
        }
    }
    if found { Ok(examined) } else { Err(StepError::NoItems) }
}

impl Examined {
    fn add(
        &mut self,
        host: &dyn HostControl,
        file: &FileInfo,
        unsupported: Unsupported,
    ) -> Result<(), StepError> {
        let path = file.path.clone();
        if has_unsupported(&file.attributes) {
            if unsupported == Unsupported::EndsJob {
                return Err(StepError::UnsupportedFile { path });
            }
            self.left_out.push((path, Skipped::Unsupported));
            return Ok(());
        }
        match host.read_file(&Account::System, &path) {
            // The host port does not carry large files. It says so only after it has opened them.
            Ok(_) | Err(FileError::TooLarge) => {
                self.amount.add(file.size);
                self.files.push((path, file.size));
            }
            Err(error) => self.left_out.push((path, Skipped::Unread(error))),
        }
        Ok(())
    }
}

/// The volumes of the selected items.
pub(crate) fn volumes(host: &dyn HostControl) -> BTreeSet<Name> {
    selected(host).iter().filter_map(WinPath::volume).collect()
}

fn selected(host: &dyn HostControl) -> Vec<WinPath> {
    let excluded = paths(host, "BackupExclusions");
    let mut items = paths(host, "BackupItems");
    items.retain(|item| !is_excluded(&excluded, item));
    items
}

fn paths(host: &dyn HostControl, value: &str) -> Vec<WinPath> {
    let paths = text(host, CONFIG_KEY, value).unwrap_or_default();
    paths.split(';').map(str::trim).filter(|path| !path.is_empty()).map(WinPath::new).collect()
}

fn is_excluded(excluded: &[WinPath], path: &WinPath) -> bool {
    excluded.iter().any(|out| path.is_within(out))
}

/// Calls `show` for every file at or below a path that is not excluded, folder by folder. Returned is how many more files
/// there are: numbered ones are only counted.
fn walk(
    host: &dyn HostControl,
    top: &WinPath,
    show: &mut dyn FnMut(&FileInfo) -> Result<(), StepError>,
) -> Result<u64, StepError> {
    let failed = |path: &WinPath, error| StepError::File { path: path.clone(), error };
    let first = host.file_info(&Account::System, top).map_err(|error| failed(top, error))?;
    let excluded = paths(host, "BackupExclusions");
    let (mut left, mut numbered) = (vec![first], 0_u64);
    while let Some(entry) = left.pop() {
        if is_excluded(&excluded, &entry.path) {
            continue;
        }
        if entry.folder {
            let inside = host.list_folder(&Account::System, &entry.path);
            let inside = inside.map_err(|error| failed(&entry.path, error))?;
            let listed = inside.iter().filter(|entry| !entry.folder).count();
            let all = host.count_files(&Account::System, &entry.path, "*").unwrap_or_default();
            let more = all.saturating_sub(u64::try_from(listed).unwrap_or(u64::MAX));
            numbered = numbered.saturating_add(more);
            left.extend(inside);
        } else {
            show(&entry)?;
        }
    }
    Ok(numbered)
}

fn is_supported(volume: &VolumeInfo) -> bool {
    let readable = volume.bitlocker != BitLocker::Locked;
    let ntfs = volume.file_system.eq_ignore_ascii_case("NTFS");
    volume.kind == VolumeKind::Fixed && ntfs && readable
}

/// Compressed, encrypted and sparse files are supported; files that are both encrypted and sparse are not.
fn has_unsupported(attributes: &BTreeSet<FileAttribute>) -> bool {
    let has = |attribute| attributes.contains(&attribute);
    has(FileAttribute::HardLink)
        || has(FileAttribute::ReparsePoint)
        || (has(FileAttribute::Encrypted) && has(FileAttribute::Sparse))
}
