//! Files, folders and volumes.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::host::{Account, FileError, FileInfo};
use marslab_model::{Content, HostRead, Name, WinPath};

use super::{Aspect, Census, Names, note};

/// Walks every volume and share. Returned are the credentials files that could be read.
pub(super) fn look(
    host: &dyn HostRead,
    names: &Names,
    census: &mut Census,
) -> Vec<(WinPath, String)> {
    let accounts = accounts(names);
    let volumes = volumes(host, &accounts, census);
    let mounts = host.mounts().unwrap_or_default();
    for letter in &mounts {
        census.note(Aspect::Volumes, format!("{letter} mounted"), "yes");
    }
    let letters = volumes.iter().chain(&mounts);
    let roots = letters.map(|letter| WinPath::new(letter.as_str()));
    let mut folders: Vec<WinPath> = roots.chain(names.folders.iter().cloned()).collect();
    let mut walk = Walk {
        host,
        accounts: &accounts,
        names,
        census,
        credentials: Vec::new(),
        found: BTreeSet::new(),
    };
    for root in &folders {
        let known = host.file_info(&Account::System, root).is_ok();
        walk.census.note(Aspect::Files, format!("{root} is there"), known.to_string());
    }
    // Each folder once, whichever account could list it.
    let mut next = 0;
    while let Some(folder) = folders.get(next).cloned() {
        next += 1;
        for found in walk.folder(&folder) {
            if !folders.contains(&found) {
                folders.push(found);
            }
        }
    }
    let absent: Vec<_> = names.files.iter().filter(|path| !walk.found.contains(path)).collect();
    absent.into_iter().for_each(|path| walk.absent(path));
    walk.credentials
}

/// The letters of the volumes that anybody has: those of the machine, and what is some account's own.
fn volumes(host: &dyn HostRead, accounts: &[Account], census: &mut Census) -> BTreeSet<Name> {
    let mut known = BTreeMap::new();
    for who in accounts {
        for (letter, volume) in host.volumes(who).unwrap_or_default() {
            let is_known = known.get(&letter) == Some(&volume);
            let of = if known.contains_key(&letter) || *who != Account::System {
                format!("{letter} as {who}")
            } else {
                letter.to_string()
            };
            if !is_known {
                note::record(census, Aspect::Volumes, &of, &volume);
            }
            known.entry(letter).or_insert(volume);
        }
    }
    known.into_keys().collect()
}

/// As whom one can ask.
pub(super) fn accounts(names: &Names) -> Vec<Account> {
    let users = names.accounts.iter().filter(|name| name.as_str() != SYSTEM);
    [Account::System].into_iter().chain(users.cloned().map(Account::User)).collect()
}

struct Walk<'a> {
    host: &'a dyn HostRead,
    accounts: &'a [Account],
    names: &'a Names,
    census: &'a mut Census,
    credentials: Vec<(WinPath, String)>,
    /// The files that are listed.
    found: BTreeSet<WinPath>,
}

impl Walk<'_> {
    /// Looks into a folder; the folders in it are returned.
    fn folder(&mut self, folder: &WinPath) -> Vec<WinPath> {
        let mut below = Vec::new();
        for who in self.accounts {
            match self.host.list_folder(who, folder) {
                Ok(entries) => {
                    let (folders, files): (Vec<_>, Vec<_>) =
                        entries.into_iter().partition(|entry| entry.folder);
                    folders.iter().for_each(|folder| self.entry(folder));
                    below.extend(folders.into_iter().map(|entry| entry.path));
                    files.iter().for_each(|file| self.file(file));
                }
                Err(error) => {
                    let asked = format!("{folder} as {who}");
                    self.census.note(Aspect::Files, asked, error.to_string());
                }
            }
        }
        self.count(folder);
        below
    }

    fn file(&mut self, file: &FileInfo) {
        let FileInfo { path, size, modified, .. } = file;
        self.found.insert(path.clone());
        self.entry(file);
        self.census.note(Aspect::Files, format!("{path} size"), size.to_string());
        self.users(path);
        let modified = modified.map_or_else(String::new, |moment| moment.to_string());
        self.census.note(Aspect::Moments, format!("{path} written"), modified);
        let read = |who: &Account| self.host.read_file(who, path);
        let contents: Vec<_> = self.accounts.iter().map(read).collect();
        let seen: Vec<String> = contents.iter().map(written).collect();
        let of_each = self.accounts.iter().zip(&seen);
        let seen = match seen.first().filter(|first| seen.iter().all(|it| it == *first)) {
            Some(same) => same.clone(),
            None => of_each.map(|(who, it)| format!("{who}: {it}")).collect::<Vec<_>>().join("; "),
        };
        self.census.note(Aspect::Files, format!("{path} content"), seen);
        contents.iter().flatten().for_each(|content| self.keep(path, content));
    }

    /// What files and folders have.
    fn entry(&mut self, FileInfo { path, attributes, .. }: &FileInfo) {
        let attributes = serde_json::to_string(attributes).unwrap_or_default();
        self.census.note(Aspect::Files, format!("{path} attributes"), attributes);
        self.denied(path);
    }

    fn users(&mut self, path: &WinPath) {
        for program in self.host.file_users(path).unwrap_or_default() {
            self.census.note(Aspect::Files, format!("{path} open in {program}"), "yes");
        }
    }

    fn denied(&mut self, path: &WinPath) {
        for account in self.host.denied_accounts(path).unwrap_or_default() {
            self.census.note(Aspect::Files, format!("{path} denied to {account}"), "yes");
        }
    }

    /// Where a file would be that another world has: one may be kept from finding that it is not there.
    fn absent(&mut self, path: &WinPath) {
        self.users(path);
        self.denied(path);
        for who in self.accounts {
            match self.host.read_file(who, path) {
                Ok(_)
                | Err(FileError::NotFound | FileError::PathNotFound | FileError::InvalidPath) => {}
                Err(error) => {
                    let asked = format!("{path} content as {who}");
                    self.census.note(Aspect::Files, asked, error.to_string());
                }
            }
        }
    }

    fn keep(&mut self, path: &WinPath, content: &[u8]) {
        let is_known = self.credentials.iter().any(|(known, _)| known == path);
        let text = std::str::from_utf8(content).ok().filter(|text| text.contains(CREDENTIALS));
        self.credentials.extend(text.filter(|_| !is_known).map(|it| (path.clone(), it.to_owned())));
    }

    fn count(&mut self, folder: &WinPath) {
        for extension in &self.names.extensions {
            let count = self.host.count_files(&Account::System, folder, extension);
            if let Some(count) = count.ok().filter(|count| *count > 0) {
                let asked = format!(r"how many {folder}\*.{extension}");
                self.census.note(Aspect::Files, asked, count.to_string());
            }
        }
    }
}

/// What came of reading a file.
fn written(content: &Result<Content, FileError>) -> String {
    content.as_ref().map_or_else(ToString::to_string, |content| note::content(content))
}

/// How the operating system's own account is called.
const SYSTEM: &str = "SYSTEM";

/// The root of a vault credentials file (mars-facts 3.2).
const CREDENTIALS: &str = "<RSBackupVaultAADCreds";
