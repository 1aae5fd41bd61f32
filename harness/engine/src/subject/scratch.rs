//! The folders of a program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use marslab_state::lease::Lease;

/// An empty working folder and an empty temporary folder. They go when this is dropped, whatever was put there.
pub(super) struct Scratch {
    work: PathBuf,
    temp: PathBuf,
    lease: Lease,
}

impl Scratch {
    /// Makes both in `parent`, below a name drawn at random, so that it tells nothing.
    pub(super) fn new_in(parent: &Path) -> io::Result<Self> {
        let lease = Lease::new_in(parent)?;
        let [work, temp] = ["work", "tmp"].map(|name| lease.path().join(name));
        fs::create_dir(&work)?;
        fs::create_dir(&temp)?;
        Ok(Self { work, temp, lease })
    }

    /// The folder that contains both.
    pub(super) fn path(&self) -> &Path {
        self.lease.path()
    }

    /// The working folder.
    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    /// The folder for temporary files.
    pub(super) fn temp(&self) -> &Path {
        &self.temp
    }
}
