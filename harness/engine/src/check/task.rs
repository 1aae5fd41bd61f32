//! What a check does on a thread of its own, because a play brings its own runtime, which no other may be around.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread::{self, JoinHandle};

use marslab_model::Subject;
use marslab_scenario::corpus;
use marslab_scenario::scenario::{Play, read};
use tokio::sync::oneshot;

use super::{CheckError, Checked, SeedError};
use crate::play::Options;
use crate::runner::play_alone;
use crate::subject_runner::RustSubject;

/// Plays to be played.
pub(super) struct Task {
    /// What was asked for.
    of: String,
    plays: Result<Vec<Play>, CheckError>,
    subject: RustSubject,
    options: Result<Options, SeedError>,
}

impl Task {
    pub(super) fn named(
        name: &str,
        subject: impl Subject + 'static,
        options: Result<Options, SeedError>,
    ) -> Self {
        let found = corpus::plays().find(|play| play.name == name).cloned();
        let plays = found.map(|play| vec![play]).ok_or(CheckError::UnknownPlay);
        Self { of: name.to_owned(), plays, subject: named(subject), options }
    }

    pub(super) fn file(
        path: &Path,
        subject: impl Subject + 'static,
        options: Result<Options, SeedError>,
    ) -> Self {
        let plays = read(path, corpus::library()).map(|file| file.plays).map_err(CheckError::File);
        Self { of: path.display().to_string(), plays, subject: named(subject), options }
    }

    pub(super) async fn apart(self) -> Checked {
        apart(move || self.run()).await
    }

    pub(super) fn aside(self) -> Checked {
        aside(move || self.run())
    }

    fn run(self) -> Checked {
        let Self { of, plays, subject, options } = self;
        let verdicts = options.map_err(CheckError::Seed).and_then(|options| {
            let verdict = |play: &Play| play_alone(play, &subject, &options, drop);
            let named = |play: Play| Ok((play.name.clone(), verdict(&play)?));
            plays?.into_iter().map(named).collect()
        });
        Checked { of, verdicts }
    }
}

fn named(subject: impl Subject + 'static) -> RustSubject {
    RustSubject::new("the subject", subject)
}

/// Waits for a task on another thread.
pub(super) async fn apart<T: Send + 'static>(task: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, ended) = oneshot::channel::<()>();
    let thread = thread::spawn(move || {
        // Dropped when the task has ended, however it ends.
        let _sender = sender;
        task()
    });
    drop(ended.await);
    join(thread)
}

/// Blocks until a task on another thread has ended.
pub(super) fn aside<T: Send + 'static>(task: impl FnOnce() -> T + Send + 'static) -> T {
    join(thread::spawn(task))
}

fn join<T>(thread: JoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
