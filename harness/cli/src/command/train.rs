//! `marslab train`.

use std::fs::{self, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};
use std::path::Path;
use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use marslab::lesson::{Exercise, lessons};
use marslab::live::begin_rsa_key;
use marslab::process::interrupted;
use marslab::scenario::Play;
use marslab::training::choice::Choice;
use marslab::training::class;
use marslab::training::debrief::{Debrief, Ended};
use marslab::training::training::{Setup, Training};
use marslab_model::Wording;
use tokio::runtime::Builder;

use crate::args::Train;
use crate::error::{CliError, TrainingError};
use crate::exit::Exit;
use crate::names::Suggestion;
use crate::select::Selection;
use lines::{Line, Lines};

mod lines;

/// Trains somebody with one scenario, or with those of a lesson.
pub(super) fn run(out: &mut dyn Write, args: &Train) -> Result<Exit, CliError> {
    let seed = args.seed.unwrap_or_else(|| fresh(&"seed") % FRESH_SEEDS);
    let course = Course::of(args, seed)?;
    if let Some(path) = &args.record {
        writable(path)?;
    }
    if let Some(path) = &args.class {
        begin_class(path).map_err(|error| unwritable(path, error))?;
    }
    begin_rsa_key(seed);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(course.run(out, args, seed))
}

/// What is trained with: scenarios in order, with what is said before and after each.
struct Course {
    begin: Option<&'static Wording>,
    exercises: Vec<(Play, Option<&'static Exercise>)>,
}

impl Course {
    fn of(args: &Train, seed: u64) -> Result<Self, CliError> {
        if let Some(name) = &args.lesson {
            let lesson = lessons().iter().find(|it| it.name == *name);
            let lesson = lesson.ok_or_else(|| unknown_lesson(name))?;
            let exercises = lesson.exercises.iter().map(|it| (it.play.clone(), Some(it)));
            return Ok(Self { begin: Some(&lesson.begin), exercises: exercises.collect() });
        }
        if let Some(name) = &args.scenario {
            return Ok(Self { begin: None, exercises: vec![(Selection::one(name)?, None)] });
        }
        let choice = Choice { section: args.section.clone(), difficulty: args.difficulty };
        let play = choice.draw(seed).map_err(TrainingError::from)?.clone();
        Ok(Self { begin: None, exercises: vec![(play, None)] })
    }

    /// Ends with the worst of the exercises, and with the first that is interrupted.
    async fn run(self, out: &mut dyn Write, args: &Train, seed: u64) -> Result<Exit, CliError> {
        // From the start on, so that what is interrupted ends as it should.
        let mut stop = pin!(interrupted());
        let mut lines = None;
        let (language, mut worst) = (args.lang.into(), Exit::Success);
        if let Some(begin) = self.begin {
            writeln!(out, "{}\n", begin.in_language(language))?;
        }
        for (play, words) in &self.exercises {
            if let Some(words) = words {
                writeln!(out, "{}\n", words.before.in_language(language))?;
            }
            let heard = (&mut lines, stop.as_mut());
            let exit = Box::pin(exercise(out, args, (play, seed), heard)).await?;
            if let Some(words) = words {
                writeln!(out, "\n{}\n", words.after.in_language(language))?;
            }
            match exit {
                Exit::Success => {}
                Exit::Interrupted => return Ok(exit),
                other => worst = other,
            }
        }
        Ok(worst)
    }
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
    let id = format!("T-{:08X}", fresh(&"ticket") >> 32);
    let setup = Setup { id, seed, language: args.lang.into(), limit };
    let mut training = Training::open(play, setup).await.map_err(TrainingError::from)?;
    writeln!(out, "{}\nType `help` for what can be typed, and `quit` to end.", training.ticket())?;
    let lines = lines.get_or_insert_with(|| Lines::new(&training));
    let mut room = Room { out, training: &mut training, record: args.record.as_deref() };
    let started = now();
    room.save()?;
    let ended = room.go_on(started, lines, stop).await?;
    let debrief = room.end(ended, started.elapsed()).await?;
    if let Some(path) = &args.class {
        append(path, &class::row(&debrief)).map_err(|error| unwritable(path, error))?;
    }
    Ok(match (ended, debrief.is_cured()) {
        (Ended::Interrupted, _) => Exit::Interrupted,
        (_, true) => Exit::Success,
        (_, false) => Exit::Mismatch,
    })
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
            let line = tokio::select! {
                line = lines.next(self.training.prompt()) => line,
                () = stop.as_mut() => Line::Interrupted,
                () = sleep(left), if !lines.is_editor() => return Ok(Ended::TimeUp),
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

    async fn end(&mut self, why: Ended, after: Duration) -> Result<Debrief, CliError> {
        let debrief = self.training.end(why, after).await.map_err(TrainingError::from)?.clone();
        writeln!(self.out, "\n{debrief}")?;
        self.save()?;
        if let Some(path) = self.record {
            writeln!(self.out, "`marslab replay {}` tells it again", path.display())?;
        }
        Ok(debrief)
    }

    /// Writes the record beside its file, and renames it: what was kept is never lost.
    fn save(&self) -> Result<(), CliError> {
        let Some(path) = self.record else { return Ok(()) };
        let text = self.training.record().to_json().map_err(io::Error::other)?;
        let beside = path.with_extension("part");
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
        written.map_err(|error| unwritable(path, error))
    }
}

async fn sleep(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

#[expect(clippy::disallowed_methods, reason = "the time limit is one of real time")]
fn now() -> Instant {
    Instant::now()
}

/// A number that nothing tells: a hasher starts with random keys.
fn fresh(of: &&str) -> u64 {
    RandomState::new().hash_one(of)
}

/// A record must not be written over what it does not know.
fn writable(path: &Path) -> Result<(), CliError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map(drop).map_err(|error| unwritable(path, error))
}

/// Makes the table with its heading, unless it is there. Several trainings may begin at once: only one makes it.
fn begin_class(path: &Path) -> io::Result<()> {
    if path.exists() {
        return OpenOptions::new().append(true).open(path).map(drop);
    }
    let beside = path.with_extension(format!("{:016x}", fresh(&"class")));
    fs::write(&beside, class::header())?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    linked.or_else(|error| if path.exists() { Ok(()) } else { Err(error) })
}

/// One write, so that rows of several trainings do not mix.
fn append(path: &Path, row: &str) -> io::Result<()> {
    OpenOptions::new().append(true).open(path)?.write_all(row.as_bytes())
}

fn unwritable(path: &Path, error: io::Error) -> CliError {
    CliError::Unwritable { path: path.to_owned(), error }
}

/// Enough worlds, and few enough digits to type one.
const FRESH_SEEDS: u64 = 1_000_000;
