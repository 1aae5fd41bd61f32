//! Changing files.

use std::collections::BTreeSet;

use marslab_model::host::{Account, FileError};
use marslab_model::world::{Content, File, Machine};
use marslab_model::{Name, Tracked, WinPath};

use super::access::{self, Purpose};
use super::files::{bare, from_io, inside, names_within, series};
use super::{FakeMachine, Moment};
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
        let size = size.max(u64::try_from(content.len()).unwrap_or(u64::MAX));
        let allowed = self.look(|machine| may_write(&machine, who, path, size));
        allowed.unwrap_or(Err(FileError::NotFound))?;
        let content = Content::from(content);
        let written = self.edit(|machine, now| self.store(machine, now, path, (content, size)));
        written.unwrap_or(Err(FileError::NotFound))
    }

    /// Removes a file and gives its space back.
    pub(super) fn remove(&self, who: &Account, path: &WinPath) -> Result<(), FileError> {
        let allowed = self.look(|machine| {
            access::check(&machine, who, path, Purpose::Write)?;
            let file = machine.files().at(path).ok_or(FileError::NotFound)?;
            file.size().get();
            Ok(())
        });
        allowed.unwrap_or(Err(FileError::NotFound))?;
        let removed = self.edit(|machine, _| {
            let removed = self.running.disk().remove(&self.name, path);
            removed.map_err(|error| from_io(&error))?;
            let size = machine.files.remove(path).map_or(0, |file| file.size);
            // Its access list goes with a file.
            machine.denied.remove(path);
            space::resize(machine, path, size, 0);
            Ok(())
        });
        removed.unwrap_or(Err(FileError::NotFound))
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

    /// Puts content and size in place, in the folder and in the world, or changes neither.
    fn store(
        &self,
        machine: &mut Machine,
        now: Moment,
        path: &WinPath,
        (content, size): (Content, u64),
    ) -> Result<(), FileError> {
        let before = machine.files.get(path).map_or(0, |file| file.size);
        if !space::resize(machine, path, before, size) {
            return Err(FileError::DiskFull);
        }
        if let Err(error) = self.running.disk().write(&self.name, path, &content) {
            space::force(machine, path, size, before);
            return Err(from_io(&error));
        }
        let attributes = machine.files.get(path).map(|file| file.attributes.clone());
        let attributes = attributes.unwrap_or_default();
        let file = File { content, size, modified: now.here, attributes };
        machine.files.insert(path.clone(), file);
        Ok(())
    }
}

/// Whether a file of `size` bytes may be written: nobody is kept out, nothing is in the way, the volume has the space.
fn may_write(
    machine: &Tracked<'_, Machine>,
    who: &Account,
    path: &WinPath,
    size: u64,
) -> Result<(), FileError> {
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
    let growth = size.saturating_sub(before.unwrap_or(0));
    let volume = path.volume().and_then(|letter| machine.clone().volumes().at(&letter));
    let free = volume.map(|volume| *volume.free().get());
    if free.is_some_and(|free| free < growth) { Err(FileError::DiskFull) } else { Ok(()) }
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
