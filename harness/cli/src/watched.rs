//! Files that are watched for changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Files, and how they were when they were last looked at.
pub(crate) struct Watched {
    files: Vec<(PathBuf, Option<Stamp>)>,
}

/// What a change of a file's content changes, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

impl Watched {
    /// Files as they are now.
    pub(crate) fn new(files: impl IntoIterator<Item = PathBuf>) -> Self {
        let stamped = |path: PathBuf| {
            let stamp = stamp(&path);
            (path, stamp)
        };
        Self { files: files.into_iter().map(stamped).collect() }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.files.len()
    }

    /// The first file that has changed since this was last asked. A file that is gone has not: some editors write it anew.
    pub(crate) fn changed(&mut self) -> Option<&Path> {
        let mut first = None;
        for (path, seen) in &mut self.files {
            let now = stamp(path);
            if now.is_some() && now != *seen {
                *seen = now;
                first = first.or(Some(path.as_path()));
            }
        }
        first
    }

    /// Waits until a file changes.
    pub(crate) async fn wait(&mut self) -> PathBuf {
        loop {
            if let Some(path) = self.changed() {
                return path.to_owned();
            }
            tokio::time::sleep(POLL).await;
        }
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    Some(Stamp { modified: meta.modified().ok(), bytes: meta.len() })
}

/// Shorter than it takes to look from the editor to the terminal.
const POLL: Duration = Duration::from_millis(300);

#[cfg(test)]
mod tests;
