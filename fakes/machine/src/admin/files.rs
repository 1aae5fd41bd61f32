//! Files and volumes, as an administrator's programs change them.

use std::collections::BTreeSet;

use marslab_model::admin::FileAdmin;
use marslab_model::host::{Account, FileError};
use marslab_model::world::FileAttribute;
use marslab_model::{Name, WinPath};

use crate::FakeMachine;
use crate::access::{self, Purpose};
use crate::files::bare;

impl FileAdmin for FakeMachine {
    fn copy_file(&self, who: &Account, from: &WinPath, to: &WinPath) -> Result<(), FileError> {
        let content = self.content(who, from, u64::MAX)?;
        let source = self.look(|machine| {
            let file = machine.files().at(from)?;
            Some((*file.clone().size().get(), *file.modified().get()))
        });
        let (size, modified) = source.flatten().ok_or(FileError::NotFound)?;
        self.write(who, to, content.bytes(), size)?;
        self.edit(|machine| machine.files().at(to).modified().set(modified));
        Ok(())
    }

    /// Within a volume nothing is copied, so that the space that a copy would take is not needed.
    fn move_file(&self, who: &Account, from: &WinPath, to: &WinPath) -> Result<(), FileError> {
        let moved = self.look(|machine| {
            access::check(&machine, who, from, Purpose::Write)?;
            if machine.clone().files().at(to).is_some() {
                return Err(FileError::NamesExhausted);
            }
            let file = machine.files().at(from).ok_or(FileError::NotFound)?;
            Ok(file.attributes().get().clone())
        });
        let attributes = moved.unwrap_or(Err(FileError::NotFound))?;
        if from.volume() == to.volume() {
            return self.rename(who, from, to);
        }
        self.copy_file(who, from, to)?;
        self.edit(|machine| machine.files().at(to).attributes().set(attributes));
        self.remove(who, from)
    }

    fn remove_numbered_files(
        &self,
        who: &Account,
        folder: &WinPath,
        extension: &str,
    ) -> Result<u64, FileError> {
        let folder = bare(folder);
        let counted = self.look(|machine| {
            access::check(&machine, who, &folder, Purpose::Write)?;
            let Some(series) = machine.series().at(&folder) else { return Ok(0) };
            let own = series.clone().extension().get();
            let is_meant = extension == "*" || own.eq_ignore_ascii_case(extension);
            Ok(if is_meant { u64::from(*series.count().get()) } else { 0 })
        });
        let count = counted.unwrap_or(Err(FileError::NotFound))?;
        if count > 0 {
            self.edit(|machine| machine.series().remove(&folder));
        }
        Ok(count)
    }

    fn give_attribute(
        &self,
        who: &Account,
        path: &WinPath,
        attribute: FileAttribute,
    ) -> Result<(), FileError> {
        self.change_attributes(who, path, |attributes| {
            attributes.insert(attribute);
        })
    }

    fn take_attribute(
        &self,
        who: &Account,
        path: &WinPath,
        attribute: FileAttribute,
    ) -> Result<(), FileError> {
        self.change_attributes(who, path, |attributes| {
            attributes.remove(&attribute);
        })
    }

    fn remove_denial(&self, path: &WinPath, account: &Name) -> bool {
        let path = bare(path);
        let list = self.look(|machine| machine.denied().at(&path).map(|list| list.get().clone()));
        let mut list = list.flatten().unwrap_or_default();
        let was_there = list.remove(account);
        self.edit(|machine| {
            if list.is_empty() {
                machine.denied().remove(&path);
            } else {
                machine.denied().insert(path, list);
            }
        });
        was_there
    }

    fn repair_volume(&self, volume: &Name) -> Option<BTreeSet<WinPath>> {
        let noted = self.look(|machine| {
            let volume = machine.volumes().at(volume)?;
            Some(volume.noted_for_repair().get().clone())
        });
        let noted = noted.flatten()?;
        self.edit(|machine| {
            machine.volumes().at(volume).noted_for_repair().set(BTreeSet::<WinPath>::new());
        });
        Some(noted)
    }

    fn set_shadow_storage(&self, volume: &Name, bytes: Option<u64>) -> bool {
        let there = self.look(|machine| machine.volumes().at(volume).is_some()).unwrap_or(false);
        self.edit(|machine| machine.volumes().at(volume).shadow_storage().set(bytes));
        there
    }

    fn end_program(&self, program: &Name) -> bool {
        let open = self.look(|machine| {
            let each = machine.open_files().each();
            let own = each.filter(|(_, by)| *by.clone().get() == *program);
            own.map(|(path, _)| path.clone()).collect::<Vec<_>>()
        });
        let open = open.unwrap_or_default();
        self.edit(|machine| {
            for path in &open {
                machine.open_files().remove(path);
            }
        });
        !open.is_empty()
    }

    fn open_programs(&self) -> BTreeSet<Name> {
        let programs = self
            .look(|machine| machine.open_files().each().map(|(_, by)| by.get().clone()).collect());
        programs.unwrap_or_default()
    }
}

impl FakeMachine {
    fn change_attributes(
        &self,
        who: &Account,
        path: &WinPath,
        change: impl FnOnce(&mut BTreeSet<FileAttribute>),
    ) -> Result<(), FileError> {
        let path = bare(path);
        let found = self.look(|machine| {
            access::check(&machine, who, &path, Purpose::Write)?;
            let of_file = machine.clone().files().at(&path).map(|it| it.attributes().get().clone());
            let of_folder = machine.folder_attributes().at(&path).map(|it| it.get().clone());
            Ok((of_file, of_folder.unwrap_or_default()))
        });
        let (of_file, of_folder) = found.unwrap_or(Err(FileError::NotFound))?;
        let is_file = of_file.is_some();
        let mut attributes = of_file.unwrap_or(of_folder);
        change(&mut attributes);
        self.edit(|machine| match (is_file, attributes.is_empty()) {
            (true, _) => machine.files().at(&path).attributes().set(attributes),
            (false, true) => machine.folder_attributes().remove(&path),
            (false, false) => machine.folder_attributes().insert(path, attributes),
        });
        Ok(())
    }

    fn rename(&self, who: &Account, from: &WinPath, to: &WinPath) -> Result<(), FileError> {
        let file = self.look(|machine| machine.files().at(from).map(|file| file.get().clone()));
        let mut file = file.flatten().ok_or(FileError::NotFound)?;
        let content = self.running.disk().read(&self.name, from, &file.content);
        let content = content.map_err(|error| self.disk_failed(&error))?;
        file.content = content.ok_or(FileError::NotFound)?;
        self.remove(who, from)?;
        let written = self.write(who, to, file.content.bytes(), file.size);
        let (at, result) = if written.is_ok() { (to, written) } else { (from, written) };
        if result.is_err() {
            // It is put back: the space that it had is free.
            self.write(who, from, file.content.bytes(), file.size)?;
        }
        self.edit(|machine| {
            machine.files().at(at).modified().set(file.modified);
            machine.files().at(at).attributes().set(file.attributes);
        });
        result
    }
}

#[cfg(test)]
mod tests;
