//! `marslab train`.

use std::hash::{BuildHasher as _, RandomState};
use std::io::Write;
use std::path::Path;
use std::pin::{Pin, pin};
use std::time::Duration;

use marslab::lesson::lessons;
use marslab::live::begin_rsa_key;
use marslab::process::interrupted;
use marslab::scenario::Play;
use marslab::training::choice::Choice;
use marslab::training::course::{Course, Exercise};
use marslab::training::debrief::{Debrief, Ended};
use marslab::training::training::{Setup, Training};
use tokio::runtime::Builder;
use tokio::time::Instant;

use crate::args::Train;
use crate::error::{CliError, TrainingError};
use crate::exit::Exit;
use crate::names::Suggestion;
use crate::select::Selection;
use lines::{Line, Lines};

mod files;
mod lines;
mod page;

/// Trains somebody with one scenario, or with those of a lesson.
pub(super) fn run(out: &mut dyn Write, args: &Train) -> Result<Exit, CliError> {
    let seed = args.seed.unwrap_or_else(|| fresh(&"seed") % FRESH_SEEDS);
    let wanted = course(args, seed)?;
    files::begin(args)?;
    begin_rsa_key(seed);
    if let Some(trainees) = args.trainees {
        return page::class(out, args, (trainees, wanted, seed));
    }
    // The command line names one unless there is a trainer to choose.
    let Some(course) = wanted else { return Ok(Exit::Success) };
    if args.page {
        return page::training(out, args, (course, seed));
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(follow(course, out, args, seed))
}

/// What is trained with, if the command line says it.
fn course(args: &Train, seed: u64) -> Result<Option<Course>, CliError> {
    if let Some(name) = &args.lesson {
        return Course::of_lesson(name).ok_or_else(|| unknown_lesson(name)).map(Some);
    }
    if let Some(name) = &args.scenario {
        return Ok(Some(Selection::one(name)?.into()));
    }
    let choice = Choice { section: args.section.clone(), difficulty: args.difficulty };
    if !args.random && choice == Choice::default() {
        return Ok(None);
    }
    Ok(Some(choice.draw(seed).map_err(TrainingError::from)?.clone().into()))
}

/// Ends with the worst of the exercises, and with the first that is interrupted.
async fn follow(
    course: Course,
    out: &mut dyn Write,
    args: &Train,
    seed: u64,
) -> Result<Exit, CliError> {
    // From the start on, so that what is interrupted ends as it should.
    let mut stop = pin!(interrupted());
    let mut lines = None;
    let (language, mut worst) = (args.lang.into(), Exit::Success);
    if let Some(begin) = course.begin {
        writeln!(out, "{}\n", begin.in_language(language))?;
    }
    for Exercise { play, words } in &course.exercises {
        if let Some((before, _)) = words {
            writeln!(out, "{}\n", before.in_language(language))?;
        }
        let heard = (&mut lines, stop.as_mut());
        let exit = Box::pin(exercise(out, args, (play, seed), heard)).await?;
        if let Some((_, after)) = words {
            writeln!(out, "\n{}\n", after.in_language(language))?;
        }
        match exit {
            Exit::Success => {}
            Exit::Interrupted => return Ok(exit),
            other => worst = other,
        }
    }
    Ok(worst)
}

fn unknown_lesson(name: &str) -> CliError {
    let names = lessons().iter().map(|it| it.name.as_str());
    let suggestion = Suggestion::similar(name, names, Suggestion::List("marslab list lessons"));
    CliError::Unknown { noun: "lesson", name: name.to_owned(), suggestion }
}

async fn exercise(
    out: &mut dyn Write,
    args: &Train,
    (play, seed): (&Play, u64),
    (lines, stop): (&mut Option<Lines>, Pin<&mut impl Future<Output = ()>>),
) -> Result<Exit, CliError> {
    let limit = args.time.map(|it| it.get());
    let setup = Setup { id: ticket_id(), seed, language: args.lang.into(), limit };
    let mut training = Training::open(play, setup).await.map_err(TrainingError::from)?;
    writeln!(out, "{}\n{}", training.ticket(), training.texts().how_to_begin())?;
    let lines = lines.get_or_insert_with(|| Lines::new(&training));
    let mut room = Room { out, training: &mut training, record: args.record.as_deref() };
    let started = Instant::now();
    room.save()?;
    let ended = room.go_on(started, lines, stop).await?;
    let debrief = room.end(ended, started.elapsed()).await?;
    if let Some(path) = &args.class {
        files::add_row(&debrief, path)?;
    }
    Ok(exit_of(&debrief))
}

const fn exit_of(debrief: &Debrief) -> Exit {
    match (debrief.ended, debrief.is_cured()) {
        (Ended::Interrupted, _) => Exit::Interrupted,
        (_, true) => Exit::Success,
        (_, false) => Exit::Mismatch,
    }
}

/// The terminal with a trainee before it.
struct Room<'a> {
    out: &'a mut dyn Write,
    training: &'a mut Training,
    record: Option<&'a Path>,
}

impl Room<'_> {
    /// Lets the trainee type until it ends.
    async fn go_on(
        &mut self,
        started: Instant,
        lines: &mut Lines,
        mut stop: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<Ended, CliError> {
        loop {
            self.out.flush()?;
            let left = self.training.time_left(started.elapsed());
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(Ended::TimeUp);
            }
            let line = tokio::select! {
                line = lines.next(self.training.prompt(), self.training) => line,
                () = stop.as_mut() => Line::Interrupted,
                () = sleep(left) => return self.time_is_up(lines, stop).await,
            };
            let typed = match line {
                Line::Typed(typed) => typed,
                Line::End | Line::Interrupted => return Ok(Ended::Interrupted),
            };
            if !lines.is_editor() {
                writeln!(self.out, "{}{typed}", self.training.prompt())?;
            }
            let after = started.elapsed();
            if self.training.time_left(after).is_some_and(|left| left.is_zero()) {
                return Ok(Ended::TimeUp);
            }
            let reply = tokio::select! {
                reply = self.training.enter(&typed, after) => reply.map_err(TrainingError::from)?,
                () = stop.as_mut() => return Ok(Ended::Interrupted),
            };
            write!(self.out, "{}", reply.text)?;
            self.save()?;
            if reply.ends {
                return Ok(Ended::Quit);
            }
        }
    }

    /// An editor must not be given up, since it has changed the terminal: it says so below the line that is being edited, and
    /// waits for Enter. Lines end as such a terminal wants them.
    async fn time_is_up(
        &mut self,
        lines: &mut Lines,
        stop: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<Ended, CliError> {
        if !lines.is_editor() {
            return Ok(Ended::TimeUp);
        }
        write!(self.out, "\r\n{}\r\n", self.training.texts().time_is_up_now())?;
        self.out.flush()?;
        tokio::select! {
            _too_late = lines.line(self.training) => Ok(Ended::TimeUp),
            () = stop => Ok(Ended::Interrupted),
        }
    }

    async fn end(&mut self, why: Ended, after: Duration) -> Result<Debrief, CliError> {
        let debrief = self.training.end(why, after).await.map_err(TrainingError::from)?.clone();
        writeln!(self.out, "\n{debrief}")?;
        self.save()?;
        if let Some(path) = self.record {
            writeln!(self.out, "{}", self.training.texts().told_again(&path.display()))?;
        }
        Ok(debrief)
    }

    fn save(&self) -> Result<(), CliError> {
        self.record.map_or(Ok(()), |path| files::save(self.training.record(), path))
    }
}

async fn sleep(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

/// The number of a ticket, which tells nothing.
fn ticket_id() -> String {
    format!("T-{:08X}", fresh(&"ticket") >> 32)
}

/// A number that nothing tells: a hasher starts with random keys.
fn fresh(of: &&str) -> u64 {
    RandomState::new().hash_one(of)
}

/// Enough worlds, and few enough digits to type one.
const FRESH_SEEDS: u64 = 1_000_000;

#[cfg(test)]
mod tests;
