//! The vault credentials files that lie on the machine.

use std::cmp::Reverse;

use marslab_model::host::{Account, FileError, FileInfo};
use marslab_model::world::VolumeKind;
use marslab_model::{HostName, HostRead, Name, WinPath};

use crate::config::text_of;
use crate::facts::{CREDENTIALS_EXTENSION, DOWNLOADS_ID, SHELL_FOLDERS_KEY};

pub(crate) use document::{Document, Flaw};

mod document;

/// The newest vault credentials file in the users' folders for downloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CredentialsFile {
    /// Where it lies.
    pub(crate) path: WinPath,
    /// Whether that is a share of another machine.
    pub(crate) on_network: bool,
    /// What is in it.
    pub(crate) content: Content,
}

/// What is in a vault credentials file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// What should be.
    Document(Box<Document>),
    /// Something else.
    Damaged(Flaw),
    /// Unknown: the file cannot be read.
    Unreadable(FileError),
}

impl CredentialsFile {
    /// Finds the newest file, by when it was written; of two with the same time the local one.
    pub(crate) fn newest(host: &dyn HostRead) -> Option<Self> {
        let users = host.users().unwrap_or_default().into_iter();
        let files = users.flat_map(|user| files_of(host, user));
        let age = |(who, file): &(Account, FileInfo)| {
            (file.modified, !is_on_network(host, who, &file.path))
        };
        let newest = files.max_by(|one, other| age(one).cmp(&age(other)))?;
        let (who, FileInfo { path, .. }) = newest;
        let content = match host.read_file(&who, &path) {
            Ok(bytes) => match Document::read(&bytes) {
                Ok(document) => Content::Document(Box::new(document)),
                Err(flaw) => Content::Damaged(flaw),
            },
            Err(error) => Content::Unreadable(error),
        };
        Some(Self { on_network: is_on_network(host, &who, &path), path, content })
    }

    /// The newest vault credentials file whose name does not end as they do; `None` if a newer one does.
    pub(crate) fn misnamed(host: &dyn HostRead) -> Option<WinPath> {
        let is_one = |who: &Account, file: &FileInfo| {
            host.read_file(who, &file.path).is_ok_and(|bytes| Document::read(&bytes).is_ok())
        };
        let users = host.users().unwrap_or_default().into_iter();
        let files = users.flat_map(|user| downloads_of(host, user));
        let files = files.filter(|(who, file)| is_credentials(file) || is_one(who, file));
        let (_, newest) = files.max_by_key(|(_, file)| (file.modified, is_credentials(file)))?;
        (!is_credentials(&newest)).then_some(newest.path)
    }

    /// What is in it, where that is what should be.
    pub(crate) fn document(&self) -> Option<&Document> {
        match &self.content {
            Content::Document(document) => Some(document),
            Content::Damaged(_) | Content::Unreadable(_) => None,
        }
    }
}

/// The host of the vault's service, as the downloads tell it: the newest credentials file first, then what has another name.
/// A damaged file may tell it, too.
pub(crate) fn service_host(host: &dyn HostRead) -> Option<HostName> {
    let users = host.users().unwrap_or_default().into_iter();
    let mut files: Vec<_> = users.flat_map(|user| downloads_of(host, user)).collect();
    files.sort_by_key(|(_, file)| Reverse((is_credentials(file), file.modified)));
    let told = |(who, file): &(Account, FileInfo)| {
        document::service_in(&host.read_file(who, &file.path).ok()?)
    };
    files.iter().take(FILES_MAX).find_map(told)
}

/// The most files in which a service is looked for.
const FILES_MAX: usize = 16;

/// The vault credentials files among a user's downloads, and on drives that are shares of other machines.
fn files_of(host: &dyn HostRead, user: Name) -> Vec<(Account, FileInfo)> {
    let files = downloads_of(host, user).into_iter();
    files.filter(|(_, file)| is_credentials(file)).collect()
}

/// Everything among a user's downloads, and on drives that are shares of other machines.
fn downloads_of(host: &dyn HostRead, user: Name) -> Vec<(Account, FileInfo)> {
    let profile = user.as_str().rsplit('\\').next().unwrap_or_default().to_owned();
    let who = Account::User(user);
    let chosen = text_of(host, &who, SHELL_FOLDERS_KEY, DOWNLOADS_ID).map(WinPath::new);
    // A choice with a variable in it is Windows' own default, spelled out.
    let chosen = chosen.filter(|folder| !folder.as_str().contains('%'));
    let usual = || WinPath::new(r"C:\Users").join(&profile).join("Downloads");
    let folders = shares(host, &who).into_iter().map(|letter| WinPath::new(format!("{letter}\\")));
    let folders = folders.chain([chosen.unwrap_or_else(usual)]);
    let files = folders.flat_map(|folder| host.list_folder(&who, &folder).unwrap_or_default());
    files.map(|file| (who.clone(), file)).collect()
}

/// The drives of an account that are shares of other machines.
fn shares(host: &dyn HostRead, who: &Account) -> Vec<Name> {
    let volumes = host.volumes(who).unwrap_or_default().into_iter();
    let shares = volumes.filter(|(_, volume)| volume.kind == VolumeKind::Network);
    shares.map(|(letter, _)| letter).collect()
}

fn is_credentials(file: &FileInfo) -> bool {
    let extension = file.path.extension();
    !file.folder && extension.is_some_and(|text| text.eq_ignore_ascii_case(CREDENTIALS_EXTENSION))
}

fn is_on_network(host: &dyn HostRead, who: &Account, path: &WinPath) -> bool {
    path.is_network() || path.volume().is_some_and(|letter| shares(host, who).contains(&letter))
}

#[cfg(test)]
mod tests;
