//! What the tests of the whole share.

use marslab::corpus;
use marslab::live::Fidelity;
use marslab::play::{Casting, Options};
use marslab::runner::play_alone;
use marslab::scenario::Play;
use marslab::subject_runner::{RustSubject, SubjectRunner};
use marslab::verdict::{MismatchKind, Verdict};
use marslab_core::ReferenceCore;

pub mod tool;

/// The play of the corpus that is called `name`.
///
/// # Panics
///
/// When there is none.
#[expect(clippy::panic, reason = "a test that names no play fails")]
pub fn play(name: &str) -> Play {
    let found = corpus::plays().find(|play| play.name == name);
    found.cloned().unwrap_or_else(|| panic!("the corpus has no play `{name}`"))
}

/// Options for `memory`.
pub fn memory() -> Options {
    Options { fidelity: Fidelity::Memory, ..Options::default() }
}

/// The same in the plain world, in which a play that a test has changed stays as it is.
pub fn plain_memory() -> Options {
    Options { casting: Casting::Plain, ..memory() }
}

/// The reference core as a subject.
pub fn reference() -> RustSubject {
    RustSubject::new("reference", ReferenceCore)
}

/// The verdict on `subject` in one play.
///
/// # Panics
///
/// When the lab itself fails.
#[expect(clippy::panic, reason = "a test in which the lab fails has failed")]
pub fn verdict(play: &Play, subject: &dyn SubjectRunner, options: &Options) -> Verdict {
    let ended = play_alone(play, subject, options, |_note| {});
    ended.unwrap_or_else(|error| panic!("`{}` could not be played: {error}", play.name))
}

/// In what way a play was not as expected; nothing where it was.
pub fn mismatch(verdict: &Verdict) -> Option<MismatchKind> {
    match verdict {
        Verdict::Mismatch(mismatch) => Some(mismatch.kind),
        Verdict::Confirmed | Verdict::Inconclusive { .. } => None,
    }
}
