//! Changing files.

use std::collections::BTreeSet;

use marslab_model::host::{Account, FileError};
use marslab_model::world::{Content, File, FileAttribute, Machine};
use marslab_model::{Name, Tracked, WinPath};

use super::FakeMachine;
use super::access::{self, Purpose};
use super::files::{bare, inside, names_within, series};
use marslab_state::disk::space;

impl FakeMachine {
    /// Writes a file of `size` bytes, or of the content's length where that is more.
    pub(super) fn write(
        &self,
        who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError> {
        self.guard(who, path)?;
        let size = size.max(u64::try_from(content.len()).unwrap_or(u64::MAX));
        let (content, modified) = (Content::from(content), self.stamp().here);
        self.edit(|machine| {
            let found = machine.look().ok_or(FileError::NotFound)?;
            let before = may_write(&found, who, path, size)?;
            let written = self.running.disk().write(&self.name, path, &content);
            written.map_err(|error| self.disk_failed(&error))?;
            space::resize(machine, path, before, size);
            let attributes = machine.look().map(|machine| inherited(&machine, path));
            let attributes = attributes.unwrap_or_default();
            let empty = Content::from([].as_slice());
            let new = File { content: empty, size: 0, modified, attributes };
            let mut files = machine.files();
            let mut file = files.at_or_insert(path.clone(), new);
            file.content().set(content);
            file.size().set(size);
            file.modified().set(modified);
            Ok(())
        })
    }

    /// Removes a file and gives its space back.
    pub(super) fn remove(&self, who: &Account, path: &WinPath) -> Result<(), FileError> {
        self.guard(who, path)?;
        self.edit(|machine| {
            let found = machine.look().ok_or(FileError::NotFound)?;
            access::check(&found, who, path, Purpose::Write)?;
            let size = *found.files().at(path).ok_or(FileError::NotFound)?.size().get();
            let removed = self.running.disk().remove(&self.name, path);
            removed.map_err(|error| self.disk_failed(&error))?;
            machine.files().remove(path);
            // Its access list goes with a file.
            machine.denied().remove(path);
            space::resize(machine, path, size, 0);
            Ok(())
        })
    }

    /// GetTempFileName with the prefix `tmp`: the first number that no file in the folder has.
    pub(super) fn make_temporary(
        &self,
        who: &Account,
        folder: &WinPath,
    ) -> Result<WinPath, FileError> {
        let folder = bare(folder);
        let number = self.look(|machine| {
            access::check(&machine, who, &folder, Purpose::Write)?;
            Ok(free_number(&machine, &folder, self.running.limits().temporary_names))
        });
        let number = number.unwrap_or(Err(FileError::NotFound))?;
        let number = number.ok_or(FileError::NamesExhausted)?;
        let path = folder.join(&format!("tmp{number:X}.tmp"));
        self.write(who, &path, &[], 0).map(|()| path)
    }
}

/// Whether a file of `size` bytes may be written: access is allowed, no folder has the name, the volume has the space.
/// Returns the size of the existing file, or 0.
fn may_write(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    path: &WinPath,
    size: u64,
) -> Result<u64, FileError> {
    access::check(machine, who, path, Purpose::Write)?;
    let files = || machine.clone().files();
    let before = files().at(path).map(|file| *file.size().get());
    let mut folder = path.parent();
    while let Some(above) = folder.filter(|above| above.parent().is_some()) {
        if files().at(&above).map(|file| file.size().get()).is_some() {
            // ERROR_PATH_NOT_FOUND: a file lies where a folder would have to be.
            return Err(FileError::NotFound);
        }
        folder = above.parent();
    }
    let is_folder = || {
        path.volume().is_some_and(|volume| volume.as_str() == bare(path).as_str())
            || files().beginning(&inside(path)).next().is_some()
    };
    if before.is_none() && is_folder() {
        return Err(FileError::AccessDenied);
    }
    let before = before.unwrap_or(0);
    let growth = size.saturating_sub(before);
    let volume = path.volume().and_then(|letter| machine.clone().volumes().at(&letter));
    let free = volume.map(|volume| *volume.free().get());
    if free.is_some_and(|free| free < growth) { Err(FileError::DiskFull) } else { Ok(before) }
}

/// The attributes that a new file gets from its folder: NTFS compresses and encrypts what is made in a folder that is
/// compressed or encrypted.
fn inherited(machine: &Tracked<'_, Machine>, path: &WinPath) -> BTreeSet<FileAttribute> {
    let Some(folder) = path.parent() else { return BTreeSet::new() };
    let of_folder = machine.clone().folder_attributes().at(&folder);
    let of_folder = of_folder.map(|attributes| attributes.get().clone()).unwrap_or_default();
    let passed_on = [FileAttribute::Compressed, FileAttribute::Encrypted];
    passed_on.into_iter().filter(|attribute| of_folder.contains(attribute)).collect()
}

/// The first number that is free for a temporary name. Numbered series take the lowest that no listed file has.
fn free_number(machine: &Tracked<'_, Machine>, folder: &WinPath, names: u32) -> Option<u32> {
    let listed = names_within(machine, folder);
    let taken = listed.into_iter().filter_map(number_of).collect::<BTreeSet<_>>();
    let numbered = series(machine, folder, &Name::new("tmp"));
    let mut free = (1..=names).filter(|number| !taken.contains(number));
    free.nth(usize::try_from(numbered).unwrap_or(usize::MAX))
}

/// The number in `tmp1A2B.tmp`.
fn number_of(path: &WinPath) -> Option<u32> {
    let name = path.file_name().to_ascii_lowercase();
    let digits = name.strip_prefix("tmp")?.strip_suffix(".tmp")?;
    let is_number =
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_number.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests;
