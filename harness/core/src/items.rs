//! What is selected for backup.

use std::collections::BTreeSet;

use marslab_model::host::{Account, FileError, FileInfo};
use marslab_model::world::FileAttribute;
use marslab_model::{HostRead, WinPath};

use crate::config::Config;
use crate::facts::ITEM_SEPARATOR;

/// The selected files as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Their size.
    pub(crate) bytes: u64,
    /// How many they are.
    pub(crate) files: u64,
    /// Those whose attributes are not supported.
    pub(crate) unsupported: Vec<WinPath>,
}

/// The selected files and folders.
pub(crate) fn selected(config: &Config) -> Vec<WinPath> {
    let excluded = excluded(config);
    let mut items = paths(config.items.as_deref());
    items.retain(|item| !is_within(&excluded, item));
    items
}

/// What is left out of them.
fn excluded(config: &Config) -> Vec<WinPath> {
    paths(config.exclusions.as_deref())
}

fn is_within(folders: &[WinPath], path: &WinPath) -> bool {
    folders.iter().any(|folder| path.is_within(folder))
}

fn paths(text: Option<&str>) -> Vec<WinPath> {
    let paths = text.unwrap_or_default().split(ITEM_SEPARATOR);
    paths.map(str::trim).filter(|path| !path.is_empty()).map(WinPath::new).collect()
}

/// Goes through the selected files; `None` if their folders are too many.
pub(crate) fn examine(host: &dyn HostRead, config: &Config) -> Option<Selection> {
    let mut seen = Selection::default();
    let numbered = walk(host, selected(config), &excluded(config), &mut |file| seen.add(file))?;
    seen.files = seen.files.saturating_add(numbered);
    Some(seen)
}

/// A file that was opened as the machine's own account, as the agent opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The file.
    pub(crate) path: WinPath,
    /// Why it cannot be read; `None` if it can.
    pub(crate) error: Option<FileError>,
}

impl Opened {
    /// Opens a file.
    pub(crate) fn new(host: &dyn HostRead, path: WinPath) -> Self {
        let error = match host.read_file(&Account::System, &path) {
            // A large file that was opened is one that can be read.
            Ok(_) | Err(FileError::TooLarge) => None,
            Err(error) => Some(error),
        };
        Self { path, error }
    }
}

/// Opens the selected files; `None` if their folders are too many.
pub(crate) fn open_selected(host: &dyn HostRead, config: &Config) -> Option<Vec<Opened>> {
    open(host, selected(config), &excluded(config))
}

/// Opens a file, or every file below a folder; `None` if its folders are too many.
pub(crate) fn open_below(host: &dyn HostRead, place: &WinPath) -> Option<Vec<Opened>> {
    open(host, vec![place.clone()], &[])
}

fn open(host: &dyn HostRead, from: Vec<WinPath>, excluded: &[WinPath]) -> Option<Vec<Opened>> {
    let mut opened = Vec::new();
    walk(host, from, excluded, &mut |file| opened.push(Opened::new(host, file.path)))?;
    Some(opened)
}

/// Shows every file at or below some paths, and counts those that are not listed one by one; `None` if their folders are too
/// many.
fn walk(
    host: &dyn HostRead,
    mut open: Vec<WinPath>,
    excluded: &[WinPath],
    show: &mut dyn FnMut(FileInfo),
) -> Option<u64> {
    let mut numbered = 0_u64;
    for _ in 0..FOLDERS_MAX {
        let Some(path) = open.pop() else { return Some(numbered) };
        // A single file cannot be listed.
        let entries = host
            .list_folder(&Account::System, &path)
            .or_else(|_no_folder| host.file_info(&Account::System, &path).map(|file| vec![file]));
        let entries = entries.unwrap_or_default();
        let listed = entries.iter().filter(|entry| !entry.folder).count();
        let all = host.count_files(&Account::System, &path, "*").unwrap_or_default();
        let more = all.saturating_sub(u64::try_from(listed).unwrap_or(u64::MAX));
        numbered = numbered.saturating_add(more);
        for entry in entries {
            if is_within(excluded, &entry.path) {
                continue;
            }
            if entry.folder && entry.path != path {
                open.push(entry.path);
            } else {
                show(entry);
            }
        }
    }
    None
}

impl Selection {
    fn add(&mut self, file: FileInfo) {
        self.bytes = self.bytes.saturating_add(file.size);
        self.files = self.files.saturating_add(1);
        if !is_supported(&file.attributes) {
            self.unsupported.push(file.path);
        }
    }
}

/// Compressed, encrypted and sparse files are supported, not those that are encrypted and sparse (mars-facts 5.11).
fn is_supported(attributes: &BTreeSet<FileAttribute>) -> bool {
    let has = |attribute| attributes.contains(&attribute);
    let is_both = has(FileAttribute::Encrypted) && has(FileAttribute::Sparse);
    !is_both && !has(FileAttribute::HardLink) && !has(FileAttribute::ReparsePoint)
}

/// More folders than any world of the lab has.
const FOLDERS_MAX: usize = 10_000;

#[cfg(test)]
mod tests;
