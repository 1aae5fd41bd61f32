//! Taking over what was done in the folder from outside.

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;
use marslab_model::host::FILE_BYTES_MAX;
use marslab_model::world::{Content, File, Machine};
use marslab_model::{Name, WinPath, World};

use super::folder::{Folder, RealFile, read_bounded};
use super::space;

/// Makes the world's files those of the folder. Whatever is as it was is left alone, its time stamp included.
pub(super) fn refresh(folder: &Folder, world: &mut World) -> io::Result<()> {
    let mut budget = READ_BYTES_MAX;
    for (name, machine) in world.machines.iter_mut().filter(|(name, _)| folder.holds(name)) {
        refresh_machine(folder, name, machine, &mut budget)?;
    }
    Ok(())
}

fn refresh_machine(
    folder: &Folder,
    name: &Name,
    machine: &mut Machine,
    budget: &mut u64,
) -> io::Result<()> {
    let found = folder.files(name)?;
    let is_gone = |path: &&WinPath| !found.contains_key(path);
    let gone = machine.files.keys().filter(is_gone).cloned().collect::<Vec<_>>();
    for path in gone {
        let size = machine.files.remove(&path).map_or(0, |file| file.size);
        space::force(machine, &path, size, 0);
    }
    for (path, real) in found {
        let stored = machine.files.get(&path);
        let known = stored.map_or(0, |file| file.content.bytes().len());
        let limit = u64::try_from(known).unwrap_or(0).max(FILE_BYTES_MAX);
        let content = read_bounded(&real.path, limit)?;
        *budget = budget.checked_sub(length(&content)).ok_or(io::ErrorKind::FileTooLarge)?;
        if stored.is_none_or(|file| file.content != content || length(&content) < real.size) {
            take_over(machine, path, content, &real);
        }
    }
    Ok(())
}

fn take_over(machine: &mut Machine, path: WinPath, content: Content, real: &RealFile) {
    let modified = real.modified.and_then(|time| Timestamp::try_from(time).ok());
    let modified = machine.clock.utc(modified.unwrap_or(Timestamp::UNIX_EPOCH));
    let Some(old) = machine.files.get_mut(&path) else {
        space::force(machine, &path, 0, real.size);
        let attributes = BTreeSet::new();
        machine.files.insert(path, File { content, size: real.size, modified, attributes });
        return;
    };
    // A file whose size was its content's keeps it so; a file of which only the size matters stays as large as it is.
    let is_whole = length(&old.content) == old.size;
    let before = old.size;
    let size = if is_whole { real.size } else { before.max(real.size) };
    (old.content, old.size, old.modified) = (content, size, modified);
    space::force(machine, &path, before, size);
}

fn length(content: &Content) -> u64 {
    u64::try_from(content.bytes().len()).unwrap_or(u64::MAX)
}

/// The most bytes that are read at once: sixty-four files of the largest kind. More is a mistake.
const READ_BYTES_MAX: u64 = 64 * FILE_BYTES_MAX;
