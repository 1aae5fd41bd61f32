//! Checking a subject from a Rust test, in one line.

use std::fmt;

use marslab_model::Subject;
use thiserror::Error;

use crate::play::{Options, PlayError};
use crate::runner::play_alone;
use crate::subject_runner::RustSubject;
use crate::verdict::Verdict;
use marslab_scenario::corpus;

/// Plays the scenario `name` of the corpus with `subject`, as [`Options::default`] says: on real sockets and files.
///
/// The name is a scenario's, or `scenario/case`. See [`check_with`] for other options.
pub fn check(name: &str, subject: impl Subject + 'static) -> Checked {
    check_with(name, subject, &Options::default())
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

/// What a check showed.
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
