//! A folder that holds the files of a world's machines: `SRV01/C/Windows/Temp/setup.log`.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use marslab_model::host::FILE_BYTES_MAX;
use marslab_model::world::Content;
use marslab_model::{Name, WinPath, World};

use super::names::{Parts, SHARES, decode, encode, is_name, letter};
use crate::lease::{self, Lease};

/// A temporary folder that stands for the drives of all machines.
///
/// It is made by the first [`Folder::show`], because file systems are slow to make and remove many files. It is removed
/// when it is dropped; if the process was killed, by the next [`Folder::new_in`].
/// Links in it are never followed, so nothing outside is read or written, whatever a program puts there.
#[derive(Debug)]
pub struct Folder {
    parent: PathBuf,
    lease: OnceLock<Lease>,
    /// The only machine whose files are here; all machines' if `None`.
    only: Option<Name>,
}

/// A real file below a machine's folder.
pub(super) struct RealFile {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    pub(super) modified: Option<SystemTime>,
}

impl Folder {
    /// A folder that will be in `parent`, or in the system's folder for temporary files; sweeps what killed processes
    /// have left there.
    pub fn new_in(parent: Option<&Path>) -> Self {
        let parent = parent.map_or_else(std::env::temp_dir, Path::to_owned);
        // Leftovers that cannot be removed now are no reason to refuse to start.
        drop(lease::sweep(&parent));
        Self { parent, lease: OnceLock::new(), only: None }
    }

    /// Keeps only this machine's files here, which saves time if the others' are not needed.
    #[must_use]
    pub fn only(self, machine: Name) -> Self {
        Self { only: Some(machine), ..self }
    }

    /// Makes the folder, with the files of `world`; one that is there stays as it is.
    pub fn show(&self, world: &World) -> io::Result<()> {
        if self.lease.get().is_some() {
            return Ok(());
        }
        // If another thread was faster, its lease stays.
        drop(self.lease.set(Lease::new_in(&self.parent)?));
        self.fill(world)
    }

    /// Writes the files of a world into the folder that was just made: as nothing is there, nothing has to be looked for.
    fn fill(&self, world: &World) -> io::Result<()> {
        let mut made = BTreeMap::new();
        for (name, machine) in world.machines.iter().filter(|(name, _)| self.holds(name)) {
            for drive in machine.volumes.keys().filter_map(letter) {
                self.make(&mut made, &[name.as_str().to_owned(), drive])?;
            }
            for (path, file) in &machine.files {
                let (folders, file_name) = split(name, path)?;
                let folder = self.make(&mut made, &folders)?;
                fs::write(folder.join(encode(&file_name)), file.content.bytes())?;
            }
        }
        Ok(())
    }

    /// Makes a folder with all that is above it, but for those that were made before.
    fn make(&self, made: &mut BTreeMap<Name, PathBuf>, folders: &[String]) -> io::Result<PathBuf> {
        let mut real = self.path().map(Path::to_owned).ok_or(io::ErrorKind::NotFound)?;
        let mut key = String::new();
        for name in folders {
            if !is_name(name) {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            key.push_str(name);
            key.push('\\');
            let known = made.get(&Name::new(key.as_str()));
            real = match known {
                Some(known) => known.clone(),
                None => {
                    let fresh = real.join(encode(name));
                    fs::create_dir(&fresh)?;
                    made.insert(Name::new(key.as_str()), fresh.clone());
                    fresh
                }
            };
        }
        Ok(real)
    }

    /// Whether the folder is there, and holds this machine's files.
    pub(super) fn holds(&self, machine: &Name) -> bool {
        self.lease.get().is_some() && self.only.as_ref().is_none_or(|only| only == machine)
    }

    /// Removes the folders in `parent`, or in the system's folder for temporary files, whose processes are dead; says
    /// how many there were.
    pub fn sweep(parent: Option<&Path>) -> io::Result<usize> {
        lease::sweep(&parent.map_or_else(std::env::temp_dir, Path::to_owned))
    }

    /// Where the folder is; `None` before it was shown.
    pub fn path(&self) -> Option<&Path> {
        self.lease.get().map(Lease::path)
    }

    /// Lets the folder stay after the process, for good; `None` if it was never shown.
    pub fn keep(self) -> Option<PathBuf> {
        self.lease.into_inner().map(Lease::keep)
    }

    pub(super) fn drive(&self, machine: &Name, volume: &Name) -> Option<PathBuf> {
        let machine = is_name(machine.as_str()).then(|| encode(machine.as_str()))?;
        Some(self.path()?.join(machine).join(letter(volume)?))
    }

    pub(super) fn read(&self, machine: &Name, path: &WinPath) -> io::Result<Option<Content>> {
        let (folders, name) = split(machine, path)?;
        let Some(folder) = self.enter(&folders, &Absent::Leave)? else { return Ok(None) };
        match find(&folder, &name)? {
            // One byte more, so that a file that is too large is seen to be.
            Some((real, meta)) if meta.is_file() => {
                read_bounded(&real, FILE_BYTES_MAX + 1).map(Some)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn write(
        &self,
        machine: &Name,
        path: &WinPath,
        content: &Content,
    ) -> io::Result<()> {
        let (folders, name) = split(machine, path)?;
        let folder = self.enter(&folders, &Absent::Make)?.ok_or(io::ErrorKind::NotFound)?;
        let file = match find(&folder, &name)? {
            Some((found, meta)) if meta.is_file() => found,
            Some(_) => return Err(io::ErrorKind::PermissionDenied.into()),
            None => folder.join(encode(&name)),
        };
        fs::write(file, content.bytes())
    }

    pub(super) fn remove(&self, machine: &Name, path: &WinPath) -> io::Result<()> {
        let (folders, name) = split(machine, path)?;
        let Some(folder) = self.enter(&folders, &Absent::Leave)? else { return Ok(()) };
        match find(&folder, &name)? {
            Some((real, meta)) if meta.is_file() => fs::remove_file(&real)?,
            _ => return Ok(()),
        }
        // In the world folders exist through their files alone. The drive itself stays.
        for folder in folder.ancestors().take(folders.len().saturating_sub(ABOVE_FILES)) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn reconcile(&self, before: &World, after: &World) -> io::Result<()> {
        for (name, machine) in before.machines.iter().filter(|(name, _)| self.holds(name)) {
            let Some(now) = after.machines.get(name) else {
                if let Some(real) = self.enter(&[name.as_str().to_owned()], &Absent::Leave)? {
                    fs::remove_dir_all(real)?;
                }
                continue;
            };
            for path in machine.files.keys().filter(|path| !now.files.contains_key(path)) {
                self.remove(name, path)?;
            }
        }
        for (name, machine) in after.machines.iter().filter(|(name, _)| self.holds(name)) {
            for drive in machine.volumes.keys().filter_map(letter) {
                self.enter(&[name.as_str().to_owned(), drive], &Absent::Make)?;
            }
            let old = before.machines.get(name);
            for (path, file) in &machine.files {
                let old = old.and_then(|machine| machine.files.get(path));
                if old.is_none_or(|old| old.content != file.content) {
                    self.write(name, path, &file.content)?;
                }
            }
        }
        Ok(())
    }

    /// Every file below a machine's folder by its Windows path. Links and devices are left out, and so is the second
    /// of two names that are one to Windows.
    pub(super) fn files(&self, machine: &Name) -> io::Result<BTreeMap<WinPath, RealFile>> {
        let mut found = BTreeMap::new();
        let mut folders = Vec::new();
        let top = self.enter(&[machine.as_str().to_owned()], &Absent::Leave)?;
        for (name, real, meta) in top.as_deref().map(entries).transpose()?.unwrap_or_default() {
            let drive = letter(&Name::new(format!("{name}:")));
            let root = drive.or_else(|| (name == SHARES).then(|| SHARES.to_owned()));
            if let Some(root) = root.filter(|_| meta.is_dir()) {
                folders.push((Parts { root, names: Vec::new() }, real));
            }
        }
        let mut seen = 0;
        while let Some((parts, real)) = folders.pop() {
            for (name, real, meta) in entries(&real)? {
                seen += 1;
                if seen > ENTRIES_MAX {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                let mut parts = parts.clone();
                parts.names.push(name);
                if meta.is_dir() && parts.names.len() < DEPTH_MAX {
                    folders.push((parts, real));
                } else if meta.is_file() {
                    let file =
                        RealFile { path: real, size: meta.len(), modified: meta.modified().ok() };
                    found.entry(parts.path()).or_insert(file);
                }
            }
        }
        Ok(found)
    }

    /// Goes down into a folder, step by step: a link on the way is not a folder.
    fn enter(&self, folders: &[String], absent: &Absent) -> io::Result<Option<PathBuf>> {
        let Some(mut real) = self.path().map(Path::to_owned) else { return Ok(None) };
        for name in folders {
            if !is_name(name) {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            real = match (find(&real, name)?, absent) {
                (Some((found, meta)), _) if meta.is_dir() => found,
                (Some(_), Absent::Make) => return Err(io::ErrorKind::NotADirectory.into()),
                (_, Absent::Leave) => return Ok(None),
                (None, Absent::Make) => {
                    let made = real.join(encode(name));
                    fs::create_dir(&made)?;
                    made
                }
            };
        }
        Ok(Some(real))
    }
}

/// How to treat missing folders.
enum Absent {
    Leave,
    Make,
}

/// A file's first `limit` bytes.
pub(super) fn read_bounded(real: &Path, limit: u64) -> io::Result<Content> {
    let mut bytes = Vec::new();
    File::open(real)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

/// The folders that lead to a file, the machine's and the drive's included, and the file's name.
fn split(machine: &Name, path: &WinPath) -> io::Result<(Vec<String>, String)> {
    let invalid = io::ErrorKind::InvalidInput;
    let mut parts = Parts::of(path).filter(|_| is_name(machine.as_str())).ok_or(invalid)?;
    let name = parts.names.pop().ok_or(invalid)?;
    let above = [machine.as_str().to_owned(), parts.root];
    Ok((above.into_iter().chain(parts.names).collect(), name))
}

/// The entry of a real folder that Windows would find under `name`. Links are never followed.
fn find(folder: &Path, name: &str) -> io::Result<Option<(PathBuf, Metadata)>> {
    let exact = folder.join(encode(name));
    match fs::symlink_metadata(&exact) {
        Ok(meta) => return Ok(Some((exact, meta))),
        Err(error) if is_absent(&error) => {}
        Err(error) => return Err(error),
    }
    // Another program may have written it in another case, or with characters that we would have encoded.
    let wanted = Name::new(name);
    let found =
        entries(folder)?.into_iter().find(|(other, _, _)| Name::new(other.as_str()) == wanted);
    Ok(found.map(|(_, real, meta)| (real, meta)))
}

/// What lies in a real folder, by the names that Windows would see, sorted; nothing in an absent one.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf, Metadata)>> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in listing.take(ENTRIES_MAX + 1) {
        let entry = entry?;
        let name = decode(&entry.file_name().to_string_lossy());
        // Files may vanish between the listing and this look.
        if let (true, Ok(meta)) = (is_name(&name), entry.metadata()) {
            found.push((name, entry.path(), meta));
        }
    }
    found.sort_by(|one, two| one.1.cmp(&two.1));
    Ok(found)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The most entries that are read: a hundred times what a world has. More is a mistake.
const ENTRIES_MAX: usize = 20_000;

/// The machine's folder and the drive's.
const ABOVE_FILES: usize = 2;

/// The most nested folders that are looked into.
const DEPTH_MAX: usize = 64;
