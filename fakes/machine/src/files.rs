//! Reading files, folders and volumes.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::host::{
    Account, FILE_BYTES_MAX, FileError, FileInfo, Files, ReadError, VolumeInfo,
};
use marslab_model::world::{Content, File, FileAttribute, Machine, Volume};
use marslab_model::{Name, Tracked, WinPath};
use marslab_state::trouble::is_resource_shortage;

use super::FakeMachine;
use super::access::{self, Purpose};

impl Files for FakeMachine {
    fn read_file(&self, who: &Account, path: &WinPath) -> Result<Content, FileError> {
        let content = self.content(who, path, FILE_BYTES_MAX)?;
        let length = u64::try_from(content.bytes().len()).unwrap_or(u64::MAX);
        if length > FILE_BYTES_MAX {
            return Err(FileError::TooLarge);
        }
        Ok(content)
    }

    fn file_info(&self, who: &Account, path: &WinPath) -> Result<FileInfo, FileError> {
        let path = bare(path);
        let info = self.look(|machine| {
            access::check(&machine, who, &path, Purpose::Look)?;
            if let Some((path, file)) = machine.clone().files().entry(&path) {
                return Ok(file_info(path, file));
            }
            folder_exists(&machine, &path)
                .then(|| folder_info(&machine, path))
                .ok_or(FileError::NotFound)
        });
        info.unwrap_or(Err(FileError::NotFound))
    }

    fn list_folder(&self, who: &Account, folder: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        let folder = bare(folder);
        let listing = self.look(|machine| {
            access::check(&machine, who, &folder, Purpose::Look)?;
            let found = children(&machine, &folder);
            if found.is_empty() && !folder_exists(&machine, &folder) {
                return Err(FileError::NotFound);
            }
            Ok(found)
        });
        listing.unwrap_or(Err(FileError::NotFound))
    }

    fn count_files(
        &self,
        who: &Account,
        folder: &WinPath,
        extension: &str,
    ) -> Result<u64, FileError> {
        let folder = bare(folder);
        let count = self.look(|machine| {
            access::check(&machine, who, &folder, Purpose::Look)?;
            let listed = names_within(&machine, &folder);
            if extension == "*" {
                let numbered = machine.clone().series().at(&folder);
                let numbered = numbered.map_or(0, |series| u64::from(*series.count().get()));
                let listed = u64::try_from(listed.len()).unwrap_or(u64::MAX);
                return Ok(numbered.saturating_add(listed));
            }
            let extension = Some(Name::new(extension));
            let extensions = listed.into_iter().map(|path| path.extension().map(Name::new));
            let listed = extensions.filter(|own| *own == extension).count();
            let numbered = extension.map_or(0, |wanted| series(&machine, &folder, &wanted));
            Ok(u64::from(numbered).saturating_add(u64::try_from(listed).unwrap_or(u64::MAX)))
        });
        count.unwrap_or(Ok(0))
    }

    fn denied_accounts(&self, path: &WinPath) -> Result<BTreeSet<Name>, FileError> {
        let path = bare(path);
        let denied = self.look(|machine| {
            access::check(&machine, &Account::System, &path, Purpose::Look)?;
            let list = machine.clone().denied().at(&path).map(|list| list.get().clone());
            let exists = list.is_some()
                || machine.clone().files().entry(&path).is_some()
                || folder_exists(&machine, &path);
            if exists { Ok(list.unwrap_or_default()) } else { Err(FileError::NotFound) }
        });
        denied.unwrap_or(Err(FileError::NotFound))
    }

    fn file_users(&self, path: &WinPath) -> Result<BTreeSet<Name>, ReadError> {
        let program = self.look(|machine| {
            let program = machine.open_files().at(&bare(path))?;
            Some(program.get().clone())
        });
        Ok(program.flatten().into_iter().collect())
    }

    fn volumes(&self, who: &Account) -> Result<BTreeMap<Name, VolumeInfo>, ReadError> {
        let volumes = self.look(|machine| {
            let each = machine.volumes().each();
            let own = each.filter(|(_, volume)| {
                access::has_letter(who, volume) && *volume.clone().online().get()
            });
            own.map(|(letter, volume)| (letter.clone(), volume_info(&volume))).collect()
        });
        Ok(volumes.unwrap_or_default())
    }
}

impl FakeMachine {
    /// What the lab keeps of the content of a file that is at most `size_max` bytes long.
    pub(super) fn content(
        &self,
        who: &Account,
        path: &WinPath,
        size_max: u64,
    ) -> Result<Content, FileError> {
        let stored = self.look(|machine| {
            access::check(&machine, who, path, Purpose::Read)?;
            let file = machine.clone().files().at(path).ok_or(FileError::NotFound)?;
            readable(&machine, who, path, &file)?;
            if *file.clone().size().get() > size_max {
                return Err(FileError::TooLarge);
            }
            Ok(file.content().get().clone())
        });
        let stored = stored.unwrap_or(Err(FileError::NotFound))?;
        let content = self.running.disk().read(&self.name, path, &stored);
        content.map_err(|error| self.disk_failed(&error))?.ok_or(FileError::NotFound)
    }

    /// What a program sees of a failure of the real folder behind the disk. Where the real machine lacks something, that
    /// is noted, and what is seen means nothing.
    pub(super) fn disk_failed(&self, error: &std::io::Error) -> FileError {
        if is_resource_shortage(error) {
            self.running.note_trouble("cannot use the folder of the simulated disk", error);
        }
        from_io(error)
    }
}

/// Whether a file's content can be read: NTFS knows where it is, and a file in a cloud is read by an account that has
/// signed in there. That SYSTEM has not signed in is the lab's own (mars-facts 1.9: "access to the
/// cloud file is denied").
fn readable(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    path: &WinPath,
    file: &Tracked<'_, File>,
) -> Result<(), FileError> {
    let volume = path.volume().and_then(|letter| machine.clone().volumes().at(&letter));
    if volume.is_some_and(|volume| volume.noted_for_repair().get().contains(path)) {
        return Err(FileError::Corrupt);
    }
    let is_elsewhere = || {
        let attributes = file.clone().attributes().get();
        attributes.contains(&FileAttribute::RecallOnDataAccess)
    };
    if *who == Account::System && is_elsewhere() { Err(FileError::CloudFile) } else { Ok(()) }
}

/// How many numbered files with this extension the world keeps for a folder.
pub(super) fn series(machine: &Tracked<'_, Machine>, folder: &WinPath, extension: &Name) -> u32 {
    let Some(series) = machine.clone().series().at(folder) else { return 0 };
    let fits = Name::new(series.clone().extension().get().as_str()) == *extension;
    if fits { *series.count().get() } else { 0 }
}

/// The paths of the files that lie directly in a folder, numbered series left out.
pub(super) fn names_within<'a>(
    machine: &Tracked<'a, Machine>,
    folder: &WinPath,
) -> Vec<&'a WinPath> {
    let prefix = inside(folder);
    let within = machine.clone().files().beginning(&prefix).map(|(path, _)| path);
    within.filter(|path| path.parent().as_ref() == Some(folder)).collect()
}

/// A path without the separators that it ends in.
pub(super) fn bare(path: &WinPath) -> WinPath {
    WinPath::new(path.as_str().trim_end_matches('\\'))
}

/// How the paths of everything in a folder begin.
pub(super) fn inside(folder: &WinPath) -> String {
    format!("{}\\", folder.as_str())
}

/// What a program sees of a failure of the real folder behind the disk.
fn from_io(error: &std::io::Error) -> FileError {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileError::NotFound,
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidFilename => {
            FileError::InvalidPath
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => FileError::DiskFull,
        _ => FileError::AccessDenied,
    }
}

fn children(machine: &Tracked<'_, Machine>, folder: &WinPath) -> Vec<FileInfo> {
    let prefix = inside(folder);
    let mut found = Vec::<FileInfo>::new();
    for (path, file) in machine.clone().files().beginning(&prefix) {
        if path.parent().as_ref() == Some(folder) {
            found.push(file_info(path, file));
        } else if let Some(child) = child_of(folder, path) {
            found.push(folder_info(machine, child));
        }
    }
    // Folders hold numbered files, too.
    for (path, _) in machine.clone().series().beginning(&prefix) {
        found.extend(child_of(folder, path).map(|child| folder_info(machine, child)));
    }
    found.sort_by(|one, two| one.path.cmp(&two.path));
    found.dedup_by(|one, two| one.path == two.path);
    found
}

/// The entry of `folder` that `path` is, or lies in.
fn child_of(folder: &WinPath, path: &WinPath) -> Option<WinPath> {
    let mut child = path.clone();
    loop {
        let parent = child.parent()?;
        if parent == *folder {
            return Some(child);
        }
        child = parent;
    }
}

fn folder_exists(machine: &Tracked<'_, Machine>, path: &WinPath) -> bool {
    // The access checks have found the volume.
    if path.volume().is_some_and(|volume| volume.as_str() == path.as_str()) {
        return true;
    }
    machine.clone().files().beginning(&inside(path)).next().is_some()
        || machine.clone().series().at(path).is_some_and(|series| *series.count().get() > 0)
}

fn folder_info(machine: &Tracked<'_, Machine>, path: WinPath) -> FileInfo {
    let attributes = machine.clone().folder_attributes().at(&path);
    let attributes = attributes.map(|attributes| attributes.get().clone()).unwrap_or_default();
    FileInfo { attributes, ..FileInfo::folder(path) }
}

fn file_info(path: &WinPath, file: Tracked<'_, File>) -> FileInfo {
    FileInfo {
        path: path.clone(),
        folder: false,
        size: *file.clone().size().get(),
        modified: Some(*file.clone().modified().get()),
        attributes: file.attributes().get().clone(),
    }
}

/// What can be asked of a volume. Which files NTFS has noted for repair, no public call tells.
fn volume_info(volume: &Tracked<'_, Volume>) -> VolumeInfo {
    let volume = || volume.clone();
    VolumeInfo {
        size: *volume().size().get(),
        free: *volume().free().get(),
        kind: *volume().kind().get(),
        file_system: volume().file_system().get().clone(),
        bitlocker: *volume().bitlocker().get(),
        shadow_storage: *volume().shadow_storage().get(),
    }
}

#[cfg(test)]
mod tests;
