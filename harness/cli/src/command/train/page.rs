//! Trainings in the browser: of one who trains alone, or of a class.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use marslab::page::{Keeper, Page, Setting};
use marslab::process::interrupted;
use marslab::training::course::Course;
use marslab::training::record::Record;
use tokio::runtime::Builder;
use tokio::sync::Notify;

use super::{exit_of, files, ticket_id};
use crate::args::Train;
use crate::error::{CliError, TrainingError};
use crate::exit::Exit;

/// Opens the page of one who trains alone, and waits until it is interrupted.
pub(super) fn training(
    out: &mut dyn Write,
    args: &Train,
    (course, seed): (Course, u64),
) -> Result<Exit, CliError> {
    let kept = Arc::new(Kept::new(args));
    let keeper: Arc<dyn Keeper> = kept.clone();
    let (count, setting) = (course.exercises.len(), setting(args, seed));
    on_a_runtime(async {
        let stop = interrupted();
        let page = Page::training(course, &setting, keeper).await.map_err(TrainingError::from)?;
        writeln!(out, "{}\n\nOpen it in a browser of this machine; it works once.", page.link()?)?;
        writeln!(out, "Ctrl-C ends the training.")?;
        until_the_end(out, &page, (&kept, stop)).await?;
        kept.exit(count)
    })
}

/// Opens the pages of a class, and waits until it is interrupted.
pub(super) fn class(
    out: &mut dyn Write,
    args: &Train,
    (trainees, course, seed): (u8, Option<Course>, u64),
) -> Result<Exit, CliError> {
    let kept = Arc::new(Kept::new(args));
    let keeper: Arc<dyn Keeper> = kept.clone();
    on_a_runtime(async {
        let stop = interrupted();
        let page = Page::class(trainees.into(), course, &setting(args, seed), keeper).await?;
        writeln!(out, "Trainer:    {}", page.link()?)?;
        for (number, link) in (1..).zip(page.trainee_links()?) {
            writeln!(out, "Trainee {number:>2}: {link}")?;
        }
        writeln!(
            out,
            "\nEach works once, in a browser of its own on this machine. Ctrl-C ends the class."
        )?;
        until_the_end(out, &page, (&kept, stop)).await?;
        kept.error().map_or(Ok(Exit::Success), Err)
    })
}

fn on_a_runtime(run: impl Future<Output = Result<Exit, CliError>>) -> Result<Exit, CliError> {
    Builder::new_multi_thread().enable_all().build()?.block_on(run)
}

fn setting(args: &Train, seed: u64) -> Setting {
    let limit = args.time.map(|it| it.get());
    Setting { id: ticket_id(), seed, language: args.lang.into(), limit }
}

/// Waits for an interruption, or until something cannot be kept; then ends what goes on.
async fn until_the_end(
    out: &mut dyn Write,
    page: &Page,
    (kept, stop): (&Kept, impl Future<Output = ()>),
) -> Result<(), CliError> {
    out.flush()?;
    tokio::select! {
        () = stop => {}
        () = kept.failed.notified() => {}
    }
    page.end().await;
    Ok(())
}

/// Keeps what the command line says is to be kept.
struct Kept {
    record: Option<PathBuf>,
    class: Option<PathBuf>,
    so_far: Mutex<SoFar>,
    /// That something could not be kept.
    failed: Notify,
}

#[derive(Default)]
struct SoFar {
    /// How each exercise has ended.
    ended: Vec<Exit>,
    /// What could not be kept.
    error: Option<CliError>,
}

impl Kept {
    fn new(args: &Train) -> Self {
        let (record, class) = (args.record.clone(), args.class.clone());
        Self { record, class, so_far: Mutex::default(), failed: Notify::new() }
    }

    fn with<R>(&self, act: impl FnOnce(&mut SoFar) -> R) -> R {
        act(&mut self.so_far.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn try_keep(&self, record: &Record) -> Result<(), CliError> {
        if let Some(path) = &self.record {
            files::save(record, path)?;
        }
        match (&record.revealed, &self.class) {
            (Some(debrief), Some(path)) => files::add_row(debrief, path),
            _ => Ok(()),
        }
    }

    /// What could not be kept.
    fn error(&self) -> Option<CliError> {
        self.with(|so_far| so_far.error.take())
    }

    /// As in the terminal: the worst of the exercises, and interrupted where not all have ended.
    fn exit(&self, count: usize) -> Result<Exit, CliError> {
        if let Some(error) = self.error() {
            return Err(error);
        }
        Ok(self.with(|so_far| match so_far.ended.as_slice() {
            ended if ended.len() < count => Exit::Interrupted,
            ended if ended.contains(&Exit::Interrupted) => Exit::Interrupted,
            ended if ended.contains(&Exit::Mismatch) => Exit::Mismatch,
            _ => Exit::Success,
        }))
    }
}

impl Keeper for Kept {
    fn keep(&self, _trainee: usize, record: &Record) {
        let kept = self.try_keep(record);
        self.with(|so_far| {
            if let Some(debrief) = &record.revealed {
                so_far.ended.push(exit_of(debrief));
            }
            if let Err(error) = kept {
                so_far.error.get_or_insert(error);
                self.failed.notify_one();
            }
        });
    }
}
