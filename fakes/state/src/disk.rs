//! Where file contents live: in the world itself, or in a temporary folder that any program can look into.
//!
//! Only the bytes that matter are ever kept. Sizes are accounted in the world, so no real disk is filled.

use std::io;
use std::path::PathBuf;

use marslab_model::world::Content;
use marslab_model::{Name, WinPath, World};

pub use folder::Folder;

mod folder;
pub mod names;
mod refresh;
pub mod space;

/// Where file contents live.
#[derive(Debug)]
pub enum Disk {
    /// In the world; nothing is written anywhere.
    Memory,
    /// In the world until [`Disk::drive`] is called; from then on in a temporary folder, one file for each of the world's,
    /// or for each of one machine's.
    Folder(Folder),
}

impl Disk {
    /// Updates the folder after the world has changed.
    pub fn reconcile(&self, before: &World, after: &World) -> io::Result<()> {
        match self {
            Self::Memory => Ok(()),
            Self::Folder(folder) => folder.reconcile(before, after),
        }
    }

    /// Takes over what was done in the folder from outside: changed contents, vanished files and new ones.
    pub fn refresh(&self, world: &mut World) -> io::Result<()> {
        match self {
            Self::Memory => Ok(()),
            Self::Folder(folder) => refresh::refresh(folder, world),
        }
    }

    /// A file's content, of which the world has `stored`; `None` if the file has vanished from the folder.
    pub fn read(
        &self,
        machine: &Name,
        path: &WinPath,
        stored: &Content,
    ) -> io::Result<Option<Content>> {
        match self {
            Self::Folder(folder) if folder.holds(machine) => folder.read(machine, path),
            Self::Memory | Self::Folder(_) => Ok(Some(stored.clone())),
        }
    }

    /// Writes a file's content. The caller updates the world.
    pub fn write(&self, machine: &Name, path: &WinPath, content: &Content) -> io::Result<()> {
        match self {
            Self::Folder(folder) if folder.holds(machine) => folder.write(machine, path, content),
            Self::Memory | Self::Folder(_) => Ok(()),
        }
    }

    /// Removes a file's content. Succeeds if there is none.
    pub fn remove(&self, machine: &Name, path: &WinPath) -> io::Result<()> {
        match self {
            Self::Folder(folder) if folder.holds(machine) => folder.remove(machine, path),
            Self::Memory | Self::Folder(_) => Ok(()),
        }
    }

    /// The folder that holds a machine's drive (`C:`), with the files of `world`; `None` if files are in memory or the
    /// letter is unknown.
    pub fn drive(
        &self,
        world: &World,
        machine: &Name,
        volume: &Name,
    ) -> io::Result<Option<PathBuf>> {
        let Self::Folder(folder) = self else { return Ok(None) };
        folder.show(world)?;
        Ok(folder.drive(machine, volume).filter(|_| folder.holds(machine)))
    }
}

#[cfg(test)]
mod tests;
