//! Checking a subject from a Rust test, in one line.

use std::env::VarError;
use std::fmt;

use marslab_model::Subject;
use thiserror::Error;

use crate::play::{Options, PlayError};
use crate::runner::play_alone;
use crate::subject_runner::RustSubject;
use crate::verdict::Verdict;
use marslab_live::DEFAULT_SEED;
use marslab_scenario::corpus;

/// Plays the scenario `name` of the corpus with `subject`, as [`Options::default`] says: on real sockets and files.
///
/// The name is a scenario's, or `scenario/case`. See [`check_with`] for other options.
///
/// The environment variable `MARSLAB_SEED` gives another seed, and so another world.
pub fn check(name: &str, subject: impl Subject + 'static) -> Checked {
    match seed_from_environment() {
        Ok(seed) => {
            let seed = seed.unwrap_or(DEFAULT_SEED);
            check_with(name, subject, &Options { seed, ..Options::default() })
        }
        Err(error) => Checked { name: name.to_owned(), result: Err(error.into()) },
    }
}

/// As [`check`], with options.
pub fn check_with(name: &str, subject: impl Subject + 'static, options: &Options) -> Checked {
    let found = corpus::plays().find(|play| play.name == name);
    let result = found.ok_or(CheckError::UnknownPlay).and_then(|play| {
        let subject = RustSubject::new("the subject", subject);
        Ok(play_alone(play, &subject, options, drop)?)
    });
    Checked { name: name.to_owned(), result }
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
    name: String,
    /// The verdict, or why there is none: no such play, or the lab itself failed.
    pub result: Result<Verdict, CheckError>,
}

/// Why a check has no verdict.
#[derive(Debug, Error)]
pub enum CheckError {
    /// The corpus has no play of that name.
    #[error("unknown play; `marslab list` has them all")]
    UnknownPlay,
    /// The environment names no seed.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The lab could not play it.
    #[error(transparent)]
    Play(#[from] PlayError),
}

impl Checked {
    /// Ends the test unless the play was confirmed.
    ///
    /// # Panics
    ///
    /// With what was expected and what was seen, when the verdict is another, or there is none.
    #[track_caller]
    pub fn assert_confirmed(&self) {
        assert!(matches!(self.result, Ok(Verdict::Confirmed)), "{self}");
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            Ok(verdict) => write!(f, "`{}`: {verdict}", self.name),
            Err(error) => write!(f, "`{}` cannot be played: {error}", self.name),
        }
    }
}
