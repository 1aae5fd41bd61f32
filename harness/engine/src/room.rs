//! What this machine has room for: temporary folders, and plays. On `loopback` each play takes files and sockets, and a
//! process may have only so many of them open.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use marslab_live::Fidelity;
use marslab_state::lease::Lease;
use marslab_state::os::allow_files;
use thiserror::Error;

/// Not even one play can be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "this process may have {allowed} files open, and a play on `loopback` needs up to {needed}"
)]
pub struct NoRoom {
    /// As many as it may have.
    pub allowed: u64,
    /// As many as it needs.
    pub needed: u64,
}

/// No folder can be made for temporary files.
#[derive(Debug, Error)]
#[error("cannot make a folder in `{}`: {error}", .parent.display())]
pub struct NoFolder {
    /// Where it was to be made.
    pub parent: PathBuf,
    /// The system's error.
    #[source]
    pub error: io::Error,
}

/// Makes a folder in a folder for temporary files, and removes it.
///
/// # Errors
///
/// Where it cannot be made.
pub fn try_folder(parent: &Path) -> Result<(), NoFolder> {
    let made = Lease::new_in(parent).map(drop);
    made.map_err(|error| NoFolder { parent: parent.to_owned(), error })
}

/// As many plays, up to `jobs`, as may go on at a time. Where the system lets it, the limit of this process is raised.
///
/// # Errors
///
/// Where not even one may.
pub fn make_room(jobs: NonZeroUsize, fidelity: Fidelity) -> Result<NonZeroUsize, NoRoom> {
    if fidelity != Fidelity::Loopback {
        return Ok(jobs);
    }
    let wanted = u64::try_from(jobs.get()).unwrap_or(u64::MAX);
    let wanted = FILES_OF_A_PLAY.saturating_mul(wanted).saturating_add(FILES);
    match allow_files(wanted) {
        Some(allowed) => jobs_within(allowed).map(|room| room.min(jobs)),
        None => Ok(jobs),
    }
}

/// Raises the limit of this process for a world that is held open, as far as the system lets it: more than a thousand
/// connections have a place then. Where it does not, fewer have.
pub fn make_room_for_session() {
    allow_files(FILES_OF_A_SESSION);
}

fn jobs_within(allowed: u64) -> Result<NonZeroUsize, NoRoom> {
    let plays = allowed.saturating_sub(FILES) / FILES_OF_A_PLAY;
    let plays = usize::try_from(plays).unwrap_or(usize::MAX);
    NonZeroUsize::new(plays).ok_or(NoRoom { allowed, needed: FILES + FILES_OF_A_PLAY })
}

/// Those of the program itself: its streams and reports.
const FILES: u64 = 24;

/// Those of a play at its busiest, and some more: its runtime, listeners, both ends of its connections, and a subject that is
/// a program. Measured are 26 with the reference core.
const FILES_OF_A_PLAY: u64 = 40;

/// Both ends of the connections that a network serves at most, and of those to the proxies in front of it.
const FILES_OF_A_SESSION: u64 = 40_000;

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use marslab_live::Fidelity;

    use super::{FILES, FILES_OF_A_PLAY, NoRoom, jobs_within, make_room, try_folder};

    #[test]
    fn as_many_plays_as_there_are_files_for() {
        let jobs = |allowed| jobs_within(allowed).map(NonZeroUsize::get);
        let needed = FILES + FILES_OF_A_PLAY;
        assert_eq!(jobs(needed - 1), Err(NoRoom { allowed: needed - 1, needed }));
        assert_eq!(jobs(needed), Ok(1));
        assert_eq!(jobs(256), Ok(5));
        assert!(jobs(u64::MAX).is_ok());
    }

    #[test]
    fn a_folder_is_made_and_removed() {
        let parent = tempfile::tempdir().unwrap();
        try_folder(parent.path()).unwrap();
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
        let absent = parent.path().join("absent");
        let told = format!("cannot make a folder in `{}`: ", absent.display());
        assert!(try_folder(&absent).unwrap_err().to_string().starts_with(&told));
    }

    #[test]
    fn without_sockets_there_is_room() {
        let many = NonZeroUsize::new(100_000).unwrap();
        assert_eq!(make_room(many, Fidelity::Memory), Ok(many));
        assert_eq!(make_room(NonZeroUsize::MIN, Fidelity::Loopback), Ok(NonZeroUsize::MIN));
    }
}
