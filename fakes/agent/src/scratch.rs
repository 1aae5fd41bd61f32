//! The scratch folder: its two registry values, the key, and the space for a backup's metadata (mars-facts 5.2, 5.3).

use marslab_model::host::{Account, FileError};
use marslab_model::{HostControl, WinPath};
use quick_xml::escape::escape;

use crate::Limits;
use crate::config::KEY_VERIFIER;
use crate::files;
use crate::items::Amount;
use crate::key::KeyFile;
use crate::places::{CONFIG_KEY, PROVIDER_KEY, text};
use crate::step_error::StepError;

/// The folder in the engine's own registry key.
pub(crate) fn of_provider(host: &dyn HostControl) -> Option<WinPath> {
    text(host, PROVIDER_KEY, SCRATCH_LOCATION).map(WinPath::new)
}

/// The folder, which must be the same in both registry keys (mars-facts 5.3).
pub(crate) fn agreed(host: &dyn HostControl) -> Result<WinPath, StepError> {
    let bare = |path: &WinPath| WinPath::new(path.as_str().trim_end_matches('\\'));
    let engine = of_provider(host).ok_or(StepError::ScratchDisagrees)?;
    let agent = text(host, CONFIG_KEY, SCRATCH_LOCATION).map(WinPath::new);
    let agrees = agent.is_some_and(|agent| bare(&agent) == bare(&engine));
    if agrees { Ok(engine) } else { Err(StepError::ScratchDisagrees) }
}

/// Opens the engine's settings before it connects. What the product keeps in the file is not known, so nothing of it is
/// used; before the first activation there is none.
pub(crate) fn open_settings(host: &dyn HostControl) -> Result<(), StepError> {
    let Some(folder) = of_provider(host) else { return Ok(()) };
    let path = folder.join(SETTINGS);
    match host.read_file(&Account::System, &path) {
        Ok(_)
        | Err(
            FileError::NotFound
            | FileError::PathNotFound
            | FileError::InvalidPath
            | FileError::NetworkPath
            | FileError::TooLarge,
        ) => Ok(()),
        Err(error) => Err(StepError::File { path, error }),
    }
}

/// Reads the key in the folder, which must be that of the passphrase that was set.
pub(crate) fn key(host: &dyn HostControl, scratch: &WinPath) -> Result<KeyFile, StepError> {
    let path = key_path(scratch);
    let bytes = host.read_file(&Account::System, &path);
    let key = KeyFile::parse(&bytes.map_err(|error| StepError::File { path, error })?)?;
    let set = text(host, CONFIG_KEY, KEY_VERIFIER);
    if set.as_ref() == Some(&key.verifier) { Ok(key) } else { Err(StepError::OtherKey) }
}

/// Whether a passphrase was set on this server.
pub(crate) fn has_passphrase(host: &dyn HostControl) -> bool {
    text(host, CONFIG_KEY, KEY_VERIFIER).is_some()
}

/// Checks that the key of an earlier passphrase, if there is one, can still be read.
pub(crate) fn earlier_key_is_sound(
    host: &dyn HostControl,
    scratch: &WinPath,
) -> Result<(), StepError> {
    if !has_passphrase(host) {
        return Ok(());
    }
    match key(host, scratch) {
        Err(StepError::File { error: FileError::NotFound, .. }) => Ok(()),
        other => other.map(drop),
    }
}

/// Writes a key into the folder.
pub(crate) fn write_key(
    host: &dyn HostControl,
    scratch: &WinPath,
    key: &KeyFile,
) -> Result<(), StepError> {
    write_text(host, key_path(scratch), key.as_text())
}

/// The size of the metadata of a backup: a share of the data, which is larger where the files are many.
pub(crate) fn metadata(data: Amount, limits: &Limits) -> u64 {
    let is_many = data.files > limits.many_files;
    let percent = if is_many { limits.many_files_percent } else { limits.scratch_percent };
    share(data.bytes, percent)
}

/// So many percent of a number of bytes.
pub(crate) fn share(bytes: u64, percent: u64) -> u64 {
    let share = u128::from(bytes) * u128::from(percent) / 100;
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// Reserves `bytes` bytes for the metadata of a backup, in a virtual hard disk that Windows attaches. The space of an
/// earlier backup is reused.
pub(crate) fn prepare(
    host: &dyn HostControl,
    scratch: &WinPath,
    bytes: u64,
) -> Result<(), StepError> {
    let path = scratch.join("metadata.vhd");
    let cookie = VHD_COOKIE.as_bytes();
    let size = bytes.max(u64::try_from(cookie.len()).unwrap_or(u64::MAX));
    let written = host.write_file(&Account::System, &path, cookie, size);
    written.map_err(|error| StepError::File { path: path.clone(), error })?;
    Ok(host.attach_virtual_disk(&path)?)
}

/// Opens the checksums of an earlier backup and writes those of this one. Only newer agents keep them (mars-facts 1.9). Name
/// and content of the file are the lab's own †: a line for each file, with size and path.
pub(crate) fn update_checksums(
    host: &dyn HostControl,
    scratch: &WinPath,
    files: &[(WinPath, u64)],
) -> Result<(), StepError> {
    let path = scratch.join("checksums.dat");
    match host.read_file(&Account::System, &path) {
        // There is none before the first backup. One that is too large for the host port can be opened.
        Ok(_) | Err(FileError::NotFound | FileError::TooLarge) => {}
        Err(error) => return Err(StepError::File { path, error }),
    }
    let lines = files.iter().map(|(path, size)| format!("{size}\t{path}\r\n"));
    write_text(host, path, &lines.collect::<String>())
}

/// Writes the settings file; what is in it is the lab's own †.
pub(crate) fn write_settings(host: &dyn HostControl, scratch: &WinPath) -> Result<(), StepError> {
    let location = escape(scratch.as_str());
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<CBSettings>\r\n  \
         <ScratchLocation>{location}</ScratchLocation>\r\n</CBSettings>\r\n"
    );
    write_text(host, scratch.join(SETTINGS), &text)
}

fn write_text(host: &dyn HostControl, path: WinPath, text: &str) -> Result<(), StepError> {
    let written = files::write_text(host, &Account::System, &path, text);
    written.map_err(|error| StepError::File { path, error })
}

fn key_path(scratch: &WinPath) -> WinPath {
    scratch.join("OnlineBackup.KEK")
}

/// The engine's settings file (mars-facts 5.3).
const SETTINGS: &str = "CBSettings.xml";

const SCRATCH_LOCATION: &str = "ScratchLocation";

/// The first bytes of every virtual hard disk.
const VHD_COOKIE: &str = "conectix";
