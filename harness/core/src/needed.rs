//! What the agent has to open on the machine, and who keeps it from doing so.

use std::collections::BTreeSet;

use marslab_model::host::{Account, FileError};
use marslab_model::{HostRead, Name, WinPath};

use crate::facts::{DOTNET_FOLDERS, SCRATCH_FILES, SYSTEM_NAMES};
use crate::items::{self, Opened};
use crate::rules::COPYING;
use crate::scene::Scene;

/// A file, or a folder with the files in it, as SYSTEM opened them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    /// The file or folder.
    pub(crate) place: WinPath,
    /// The file, or those in the folder.
    pub(crate) opened: Vec<Opened>,
}

/// What the articles have excluded from scans, `cbengine.exe`, each `csc.exe`, the scratch folder and the folder `bin`, and
/// what is backed up (mars-facts 1.9).
pub(crate) fn needed(scene: &Scene<'_>) -> Vec<Needed> {
    let host = scene.host;
    let file = |place: WinPath| Needed { opened: vec![Opened::new(host, place.clone())], place };
    let mut all: Vec<Needed> = compilers(host).into_iter().map(file).collect();
    let bin = scene.config.install.join("bin");
    let opened = items::open_below(host, &bin).unwrap_or_default();
    all.push(Needed { place: bin, opened });
    let scratch = scene.scratch.place().cloned();
    let scratch = scratch.unwrap_or_else(|| scene.config.install.join("Scratch"));
    all.push(Needed { opened: open_scratch(host, &scratch), place: scratch });
    if COPYING.contains(&scene.operation) {
        let opened = scene.selected_files().unwrap_or_default();
        all.extend(items::selected(&scene.config).into_iter().map(|place| {
            let inside = opened.iter().filter(|file| file.path.is_within(&place));
            Needed { opened: inside.cloned().collect(), place }
        }));
    }
    all
}

/// Who keeps SYSTEM from a file, as far as Windows tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Keeper {
    /// Programs that have it open.
    Programs(BTreeSet<Name>),
    /// The access list of this file or folder.
    AccessList(WinPath),
    /// Something that Windows does not name, as antivirus is.
    Unnamed,
}

/// Who keeps SYSTEM from a file; `None` where nobody does.
pub(crate) fn keeper(host: &dyn HostRead, file: &Opened) -> Option<Keeper> {
    match file.error? {
        FileError::SharingViolation => {
            // Where Windows cannot be asked, nobody is suspected.
            let programs = host.file_users(&file.path).ok()?;
            Some(if programs.is_empty() { Keeper::Unnamed } else { Keeper::Programs(programs) })
        }
        FileError::AccessDenied => {
            Some(denying(host, &file.path).map_or(Keeper::Unnamed, Keeper::AccessList))
        }
        _ => None,
    }
}

/// The file, or the nearest folder above it, whose access list denies SYSTEM.
pub(crate) fn denying(host: &dyn HostRead, path: &WinPath) -> Option<WinPath> {
    let denies = |place: &WinPath| {
        let denied = host.denied_accounts(place).unwrap_or_default();
        SYSTEM_NAMES.iter().any(|name| denied.contains(&Name::new(*name)))
    };
    let mut place = Some(path.clone());
    while let Some(here) = place {
        if denies(&here) {
            return Some(here);
        }
        place = here.parent();
    }
    None
}

/// What is in the scratch folder, and what the agent would put there.
fn open_scratch(host: &dyn HostRead, scratch: &WinPath) -> Vec<Opened> {
    let listed = items::open_below(host, scratch).unwrap_or_default();
    let expected = SCRATCH_FILES.iter().map(|name| scratch.join(name));
    let missing = expected.filter(|path| listed.iter().all(|file| file.path != *path));
    let missing: Vec<_> = missing.map(|path| Opened::new(host, path)).collect();
    listed.into_iter().chain(missing).collect()
}

/// The programs that the agent starts: its engine, and each compiler.
pub(crate) fn programs(scene: &Scene<'_>) -> Vec<WinPath> {
    let engine = scene.config.install.join("bin").join("cbengine.exe");
    [engine].into_iter().chain(compilers(scene.host)).collect()
}

fn compilers(host: &dyn HostRead) -> Vec<WinPath> {
    let folders = DOTNET_FOLDERS.iter().map(|folder| WinPath::new(*folder));
    let versions =
        folders.flat_map(|folder| host.list_folder(&Account::System, &folder).unwrap_or_default());
    let compilers = versions.map(|version| version.path.join("csc.exe"));
    compilers.filter(|path| host.file_info(&Account::System, path).is_ok()).collect()
}

#[cfg(test)]
mod tests;
