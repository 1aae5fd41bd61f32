//! Files as `cmd.exe`'s commands pick them: by pattern, with what lies below.

use marslab_model::WinPath;
use marslab_model::host::{FileError, FileInfo};

use crate::command_line::fits;
use crate::program::Call;

/// A folder and a pattern for the names in it.
pub(crate) struct Picked {
    /// The folder.
    pub(crate) folder: WinPath,
    /// The pattern; `*` for a folder as a whole.
    pub(crate) pattern: String,
}

/// Takes a path apart: a folder is meant as a whole.
pub(crate) fn picked(call: &Call<'_>, typed: &str) -> Picked {
    let path = call.path(typed);
    let has_pattern = path.file_name().contains(['*', '?']);
    // `\\server\share` is the root of a share, whether or not it is there.
    let is_share = path.is_network() && path.as_str().matches('\\').count() == 3;
    let is_folder =
        || is_share || call.host().file_info(call.who(), &path).is_ok_and(|info| info.folder);
    if !has_pattern && (typed.ends_with(['\\', '/', ':']) || is_folder()) {
        return Picked { folder: path, pattern: "*".to_owned() };
    }
    let folder = path.parent().unwrap_or_else(|| path.clone());
    Picked { pattern: path.file_name().to_owned(), folder: rooted(folder) }
}

/// A drive's root with its backslash.
pub(crate) fn rooted(path: WinPath) -> WinPath {
    if path.as_str().ends_with(':') { WinPath::from(format!("{path}\\")) } else { path }
}

impl Picked {
    /// The files and folders that fit, sorted.
    pub(crate) fn list(&self, call: &Call<'_>) -> Result<Vec<FileInfo>, FileError> {
        let mut all = call.host().list_folder(call.who(), &self.folder)?;
        all.retain(|info| fits(&self.pattern, info.path.file_name()));
        Ok(all)
    }

    /// How many numbered files fit, which are not listed: those of an extension, or all.
    pub(crate) fn numbered(&self, call: &Call<'_>) -> u64 {
        let Some(extension) = self.extension() else { return 0 };
        let count = call.host().count_files(call.who(), &self.folder, extension).unwrap_or(0);
        let listed = call.host().list_folder(call.who(), &self.folder).unwrap_or_default();
        let own = listed.iter().filter(|info| {
            let fits = |own: &str| own.eq_ignore_ascii_case(extension);
            !info.folder && (extension == "*" || info.path.extension().is_some_and(fits))
        });
        count.saturating_sub(u64::try_from(own.count()).unwrap_or(u64::MAX))
    }

    /// The extension that a pattern such as `*.tmp` is for; `*` for all.
    pub(crate) fn extension(&self) -> Option<&str> {
        match self.pattern.strip_prefix("*.") {
            _ if ["*", "*.*"].contains(&self.pattern.as_str()) => Some("*"),
            Some(extension) if !extension.contains(['*', '?', '.']) => Some(extension),
            _ => None,
        }
    }
}

/// The files below a folder, of all folders, sorted; no more than a person would wait for.
pub(crate) fn below(call: &Call<'_>, folder: &WinPath) -> Result<Vec<FileInfo>, FileError> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.clone()]);
    while let Some(folder) = folders.pop() {
        for info in call.host().list_folder(call.who(), &folder)? {
            if info.folder {
                folders.push(info.path);
            } else {
                files.push(info);
            }
        }
        if files.len() > FILES_MAX {
            break;
        }
    }
    files.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(files)
}

/// What is behind a folder in a path that lies in it.
pub(crate) fn relative(path: &WinPath, folder: &WinPath) -> String {
    let length = folder.as_str().trim_end_matches('\\').len();
    let (_, rest) = path.as_str().split_at_checked(length).unwrap_or(("", path.as_str()));
    rest.trim_start_matches('\\').to_owned()
}

/// The most files that one command takes.
const FILES_MAX: usize = 100_000;
