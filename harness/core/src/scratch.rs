//! Where the scratch folder is, and whether it is there.

use marslab_model::host::{Account, FileError};
use marslab_model::{HostRead, WinPath};

use crate::config::Config;
use crate::facts::KEK;

/// The state of the scratch folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scratch {
    /// It is where both values of the registry say, or does not have to be there yet.
    At(WinPath),
    /// The two values of the registry name different folders.
    TwoPlaces(WinPath, WinPath),
    /// The registry names a folder without the key file, which lies in the folder of before or in another one.
    LeftBehind {
        /// Where the registry says that it is.
        named: WinPath,
        /// Where the key file is.
        left: WinPath,
    },
    /// An activated machine has no such folder, or no such volume, and the key file lies nowhere near.
    Gone(WinPath),
}

impl Scratch {
    /// Looks for the folder.
    pub(crate) fn find(host: &dyn HostRead, config: &Config) -> Self {
        let usual = config.install.join("Scratch");
        let of_config = config.scratch.clone().unwrap_or_else(|| usual.clone());
        let of_provider = config.provider_scratch.clone().unwrap_or_else(|| usual.clone());
        if !is_same(&of_config, &of_provider) {
            return Self::TwoPlaces(of_config, of_provider);
        }
        let (named, left) = (of_config, usual);
        let has_key =
            |folder: &WinPath| host.file_info(&Account::System, &folder.join(KEK)).is_ok();
        let has_passphrase = config.key_verifier.is_some();
        if has_passphrase && is_absent(host, &named.join(KEK)) && has_key(&left) {
            return Self::LeftBehind { named, left };
        }
        let has_to_be_there = config.is_registered() && config.activated;
        if is_on_no_volume(host, &named) || (has_to_be_there && is_absent_folder(host, &named)) {
            return match stray(host, &named) {
                Some(left) => Self::LeftBehind { named, left },
                None => Self::Gone(named),
            };
        }
        Self::At(named)
    }

    /// Each folder that may be it.
    pub(crate) fn candidates(&self) -> Vec<&WinPath> {
        match self {
            Self::At(place) | Self::Gone(place) => vec![place],
            Self::TwoPlaces(one, other) | Self::LeftBehind { named: one, left: other } => {
                vec![one, other]
            }
        }
    }

    /// The folder, where there is no doubt about it.
    pub(crate) fn place(&self) -> Option<&WinPath> {
        match self {
            Self::At(place) => Some(place),
            Self::TwoPlaces(..) | Self::LeftBehind { .. } | Self::Gone(_) => None,
        }
    }
}

/// Whether a file is not there, which is another thing than not being readable.
pub(crate) fn is_absent(host: &dyn HostRead, path: &WinPath) -> bool {
    is_no_place(host.file_info(&Account::System, path).err())
}

/// Whether the volume of a path is not there.
pub(crate) fn is_on_no_volume(host: &dyn HostRead, path: &WinPath) -> bool {
    let (Some(letter), Ok(volumes)) = (path.volume(), host.volumes(&Account::System)) else {
        return false;
    };
    !volumes.contains_key(&letter)
}

/// A folder with a key file: beside the one that is named, or at the top of a volume.
fn stray(host: &dyn HostRead, named: &WinPath) -> Option<WinPath> {
    let volumes = host.volumes(&Account::System).unwrap_or_default();
    let tops = volumes.keys().map(|letter| WinPath::new(format!("{letter}\\")));
    let above = named.parent().into_iter().chain(tops);
    let mut folders =
        above.flat_map(|folder| host.list_folder(&Account::System, &folder).unwrap_or_default());
    let has_key = |folder: &WinPath| host.file_info(&Account::System, &folder.join(KEK)).is_ok();
    folders.find(|entry| entry.folder && has_key(&entry.path)).map(|entry| entry.path)
}

fn is_absent_folder(host: &dyn HostRead, path: &WinPath) -> bool {
    is_no_place(host.list_folder(&Account::System, path).err())
}

fn is_no_place(error: Option<FileError>) -> bool {
    matches!(
        error,
        Some(
            FileError::NotFound
                | FileError::PathNotFound
                | FileError::InvalidPath
                | FileError::NetworkPath
        )
    )
}

fn is_same(one: &WinPath, other: &WinPath) -> bool {
    let bare = |path: &WinPath| WinPath::new(path.as_str().trim_end_matches('\\'));
    bare(one) == bare(other)
}
