//! Checking a subject from a Rust test, in one line.
//!
//! These functions are async and need no particular runtime: each plays on a thread of its own, also where the future is
//! dropped. [`blocking`] has the same for tests without one; they can be called from within a runtime, too.

use std::env::VarError;
use std::fmt;
use std::path::Path;

use marslab_model::{Operation, Subject, World};
use thiserror::Error;

use crate::play::{Options, PlayError};
use crate::verdict::Verdict;
use marslab_live::DEFAULT_SEED;
use marslab_scenario::scenario::ReadError;
use task::Task;

pub mod blocking;
mod task;
mod world;

pub use world::CheckedWorld;

/// Plays the scenario `name` of the corpus with `subject`, as [`Options::default`] says: on real sockets and files.
///
/// The name is a scenario's, or `scenario/case`. See [`check_with`] for other options.
///
/// The environment variable `MARSLAB_SEED` gives another seed, and so another world.
pub async fn check(name: &str, subject: impl Subject + 'static) -> Checked {
    Task::named(name, subject, options()).apart().await
}

/// As [`check`], with options.
pub async fn check_with(name: &str, subject: impl Subject + 'static, options: &Options) -> Checked {
    Task::named(name, subject, Ok(options.clone())).apart().await
}

/// As [`check`], with the scenario of a file, and each of its cases.
pub async fn check_file(path: impl AsRef<Path>, subject: impl Subject + 'static) -> Checked {
    Task::file(path.as_ref(), subject, options()).apart().await
}

/// As [`check_file`], with options.
pub async fn check_file_with(
    path: impl AsRef<Path>,
    subject: impl Subject + 'static,
    options: &Options,
) -> Checked {
    Task::file(path.as_ref(), subject, Ok(options.clone())).apart().await
}

/// A healthy world in which everything was done that comes before `operation`: what one changes for [`check_world`].
pub async fn healthy_world(operation: Operation, options: &Options) -> Result<World, CheckError> {
    let options = options.clone();
    task::apart(move || world::healthy(operation, &options)).await
}

/// Tries `operation` in a world, and asks `subject` about the world that this leaves.
///
/// There is no verdict: that takes a scenario, which says what is broken and what cures it. The complaint is the message that
/// the console shows, and empty if the operation succeeds.
pub async fn check_world(
    world: World,
    operation: Operation,
    subject: impl Subject + 'static,
    options: &Options,
) -> Result<CheckedWorld, CheckError> {
    let options = options.clone();
    task::apart(move || world::check(world, operation, subject, &options)).await
}

/// The default options, with the seed of the environment.
fn options() -> Result<Options, SeedError> {
    let seed = seed_from_environment()?.unwrap_or(DEFAULT_SEED);
    Ok(Options { seed, ..Options::default() })
}

/// The seed that the environment variable `MARSLAB_SEED` gives, if it is set.
pub fn seed_from_environment() -> Result<Option<u64>, SeedError> {
    #[expect(clippy::disallowed_methods, reason = "a test has no command line of its own")]
    match std::env::var(SEED_VARIABLE) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_not_a_number| SeedError(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(text)) => Err(SeedError(text.to_string_lossy().into_owned())),
    }
}

/// The value of `MARSLAB_SEED` is not a seed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid `{SEED_VARIABLE}`: `{0}` is not a number")]
pub struct SeedError(pub String);

const SEED_VARIABLE: &str = "MARSLAB_SEED";

/// The outcome of a check.
#[derive(Debug)]
#[must_use = "an unused check proves nothing"]
pub struct Checked {
    of: String,
    /// The name and the verdict of each play, or why there is none.
    pub verdicts: Result<Vec<(String, Verdict)>, CheckError>,
}

/// Why a check has no verdict.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The corpus has no play of that name.
    #[error("unknown play; `marslab list` has them all")]
    UnknownPlay,
    /// The file is no scenario.
    #[error(transparent)]
    File(#[from] ReadError),
    /// The environment names no seed.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The lab could not play it.
    #[error(transparent)]
    Play(#[from] PlayError),
    /// What comes before the operation does not succeed in a healthy world.
    #[error("the healthy world cannot be made: {0}")]
    NotHealthy(String),
}

impl Checked {
    /// Ends the test unless every play was confirmed.
    ///
    /// # Panics
    ///
    /// With what was expected and what was seen, when a verdict is another, or there is none.
    #[track_caller]
    pub fn assert_confirmed(&self) {
        let is_confirmed = |(_, verdict): &(String, Verdict)| *verdict == Verdict::Confirmed;
        let verdicts = self.verdicts.as_deref().unwrap_or_default();
        assert!(!verdicts.is_empty() && verdicts.iter().all(is_confirmed), "{self}");
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdicts = match &self.verdicts {
            Ok(verdicts) => verdicts,
            Err(error @ CheckError::File(_)) => return error.fmt(f),
            Err(error) => return write!(f, "`{}` cannot be played: {error}", self.of),
        };
        for (index, (name, verdict)) in verdicts.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}`{name}`: {verdict}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
