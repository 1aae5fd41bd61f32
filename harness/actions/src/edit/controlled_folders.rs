//! Defender's controlled folder access, as it is kept in the registry: what `Add-MpPreference` and `Set-MpPreference` write (the
//! values are those of the policy of that name).

use marslab_model::world::RegValue;
use marslab_model::{Change, KeyPath, WinPath};

use super::{Placed, registry};

/// What it does with changes by programs that are not trusted.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    /// It blocks them.
    Block = 1,
    /// It only writes them down.
    Audit = 2,
}

/// Switches it on.
pub fn switch_on(machine: Placed<'_>, mode: Mode) -> Vec<Change> {
    let mode = RegValue::Number(mode as u32);
    registry(machine, KeyPath::new(KEY), [("EnableControlledFolderAccess", mode)])
}

/// Protects folders.
pub fn protect(machine: Placed<'_>, folders: &[WinPath]) -> Vec<Change> {
    list(machine, "ProtectedFolders", folders)
}

/// Allows programs to change what is protected.
pub fn allow(machine: Placed<'_>, programs: &[WinPath]) -> Vec<Change> {
    list(machine, "AllowedApplications", programs)
}

/// Puts paths on a list. They are the names of its values.
fn list(machine: Placed<'_>, name: &str, paths: &[WinPath]) -> Vec<Change> {
    let key = KeyPath::from(format!(r"{KEY}\{name}"));
    registry(machine, key, paths.iter().map(|path| (path.as_str(), RegValue::Number(0))))
}

const KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access";
