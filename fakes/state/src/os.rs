//! What differs between operating systems about files: who may look into them, and how many may be open.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Makes a folder with just this name that only its user can look into.
pub(crate) fn private_folder(parent: &Path, name: &std::ffi::OsStr) -> std::io::Result<PathBuf> {
    let mut builder = tempfile::Builder::new();
    // Elsewhere a user's temporary files are their own anyway.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    Ok(builder.prefix(name).rand_bytes(0).tempdir_in(parent)?.keep())
}

/// Lets its owner do everything with a folder and the folders in it. Links are not followed.
#[cfg(unix)]
pub(crate) fn open_up(folder: &Path) -> std::io::Result<()> {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(folder, mode)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_up(&entry.path())?;
        }
    }
    Ok(())
}

/// Lets its owner do everything with a folder. Elsewhere removing one asks for no more than that.
#[cfg(not(unix))]
pub(crate) fn open_up(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether only its owner can read and write a file. With that, a file that can be read is one's own.
pub fn is_private(meta: &Metadata) -> bool {
    #[cfg(unix)]
    let others = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o077;
    #[cfg(not(unix))]
    let others = u32::from(!(meta.is_file() || meta.is_dir()));
    others == 0
}

/// How many files and sockets this process may have open; where the system lets it, at least as many as are `wanted`. `None`
/// if there is no limit.
#[cfg(unix)]
pub fn allow_files(wanted: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: Some(maximum.map_or(wanted, |it| it.min(wanted))), maximum };
    if current.is_some_and(|it| it < wanted) && setrlimit(Resource::Nofile, raised).is_ok() {
        return raised.current;
    }
    current
}

/// How many files and sockets this process may have open: there is no limit.
#[cfg(not(unix))]
pub fn allow_files(_wanted: u64) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::fs::{Permissions, metadata, set_permissions, write};
    use std::os::unix::fs::PermissionsExt as _;

    use super::{is_private, private_folder};
    use crate::lease::Lease;

    #[test]
    fn a_private_folder_is_its_owners_only() {
        let parent = tempfile::tempdir().unwrap();
        let folder = private_folder(parent.path(), OsStr::new("mine")).unwrap();
        assert_eq!(folder, parent.path().join("mine"));
        assert!(is_private(&metadata(folder).unwrap()));
    }

    #[test]
    fn a_folder_that_a_program_has_closed_goes_with_its_lease() {
        let parent = tempfile::tempdir().unwrap();
        let lease = Lease::new_in(parent.path()).unwrap();
        let closed = lease.path().join("outer/inner");
        std::fs::create_dir_all(&closed).unwrap();
        write(closed.join("file"), "x").unwrap();
        for (folder, mode) in [(closed.as_path(), 0o555), (closed.parent().unwrap(), 0)] {
            set_permissions(folder, Permissions::from_mode(mode)).unwrap();
        }
        drop(lease);
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_others_can_read_or_write_is_not_private() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("file");
        write(&file, "x").unwrap();
        for (mode, expected) in [(0o600, true), (0o400, true), (0o640, false), (0o602, false)] {
            set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_private(&metadata(&file).unwrap()), expected, "{mode:o}");
        }
    }
}

/// The errors of a machine that is short of something: ENFILE, EMFILE, ENOBUFS, ENOMEM.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) const SCARCE: [i32; 4] = [23, 24, 105, 12];

/// The errors of a machine that is short of something: ENFILE, EMFILE, ENOBUFS, ENOMEM.
#[cfg(target_os = "macos")]
pub(crate) const SCARCE: [i32; 4] = [23, 24, 55, 12];

/// The errors of a machine that is short of something: `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NO_SYSTEM_RESOURCES`, `WSAEMFILE`, `WSAENOBUFS`.
#[cfg(windows)]
pub(crate) const SCARCE: [i32; 4] = [4, 1450, 10_024, 10_055];
