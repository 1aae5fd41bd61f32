//! Which tests notice a mutant.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use marslab::corpus;

use crate::fate::{self, Fate, Notice};
use crate::switched::build::Program;
use crate::switched::on_all_cores;
use crate::target::{Stage, Tests};
use crate::tool;

/// The tests of a stage, ready to try one mutant after the other.
pub(crate) enum Trial {
    /// The corpus, and in which plays which mutants are come to.
    Corpus { program: Program, plays: BTreeMap<u32, BTreeSet<&'static str>>, enough: usize },
    /// Whole programs, and how long one may take.
    Programs { programs: Vec<Program>, patience: Duration },
}

impl Trial {
    /// Runs the tests while no mutant is on.
    ///
    /// # Errors
    ///
    /// When they fail: they would notice every mutant.
    pub(crate) fn prepare(
        stage: &Stage,
        mut programs: Vec<Program>,
        enough: usize,
    ) -> io::Result<Self> {
        if stage.tests == Tests::Corpus
            && let Some(program) = programs.pop()
        {
            let plays = reached(&program)?;
            return Ok(Self::Corpus { program, plays, enough });
        }
        let began = now();
        for program in &programs {
            if !passes(start(program).spawn()?, PATIENCE_MAX)? {
                return Err(io::Error::other(format!("{:?} fails unmutated", program.path)));
            }
        }
        let patience = (PATIENCE * began.elapsed()).clamp(PATIENCE_MIN, PATIENCE_MAX);
        Ok(Self::Programs { programs, patience })
    }

    /// What becomes of a mutant.
    ///
    /// # Errors
    ///
    /// When a program cannot be started.
    pub(crate) fn of(&self, mutant: u32) -> io::Result<Fate> {
        let on = ("MARSLAB_MUTANT", mutant.to_string());
        match self {
            Self::Corpus { program, plays, enough } => {
                let Some(plays) = plays.get(&mutant) else { return Ok(Fate::Missed) };
                let mut corpus = start(program);
                corpus.args(plays).env(on.0, on.1).env("MARSLAB_ENOUGH", enough.to_string());
                let output = corpus.output()?;
                let log = String::from_utf8_lossy(&output.stdout);
                let is_missed = output.status.success();
                Ok(if is_missed { Fate::Missed } else { Fate::Caught(fate::notice(&log)) })
            }
            Self::Programs { programs, patience } => {
                for program in programs {
                    if !passes(start(program).env(on.0, &on.1).spawn()?, *patience)? {
                        return Ok(Fate::Caught(Notice { cut_short: true, ..Notice::default() }));
                    }
                }
                Ok(Fate::Missed)
            }
        }
    }
}

/// In which plays which mutants are come to: each is played by a process of its own, so that none has been remembered before.
fn reached(program: &Program) -> io::Result<BTreeMap<u32, BTreeSet<&'static str>>> {
    let names: Vec<&'static str> = corpus::plays().map(|play| play.name.as_str()).collect();
    let told = on_all_cores(&names, |name| {
        let mut corpus = start(program);
        let output = corpus.arg(name).env("MARSLAB_REACHED", "1").output()?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = || io::Error::other(format!("{name} fails unmutated:\n{told}"));
        output.status.success().then(|| told.clone()).ok_or_else(failed)
    })?;
    let mut reached: BTreeMap<u32, BTreeSet<&'static str>> = BTreeMap::new();
    for (name, told) in names.into_iter().zip(told) {
        let numbers = told.lines().filter_map(|line| line.strip_prefix("reached ")?.parse().ok());
        numbers.for_each(|number: u32| {
            reached.entry(number).or_default().insert(name);
        });
    }
    Ok(reached)
}

/// A program of tests, ready to be started. What it prints is for us.
fn start(program: &Program) -> Command {
    let mut tests = tool::command(&program.path);
    tests
        .args(program.filter)
        .current_dir(&program.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    tests
}

/// Whether a program ends well, and in time: a mutant may loop, and take memory all the while. The first test that fails is
/// enough.
fn passes(mut tests: Child, patience: Duration) -> io::Result<bool> {
    let (sender, ended) = channel();
    if let Some(output) = tests.stdout.take() {
        thread::spawn(move || {
            let mut lines = BufReader::new(output).lines().map_while(Result::ok);
            // The receiver is gone if it has waited too long.
            sender.send(lines.any(|line| line.ends_with(" FAILED"))).ok();
        });
    }
    let has_failed = ended.recv_timeout(patience).unwrap_or(true);
    if has_failed {
        tests.kill()?;
    }
    Ok(tests.wait()?.success() && !has_failed)
}

#[expect(clippy::disallowed_methods, reason = "it is the tests that take time, and no world")]
fn now() -> Instant {
    Instant::now()
}

/// How many times what they take unmutated: several are tried side by side.
const PATIENCE: u32 = 10;
const PATIENCE_MIN: Duration = Duration::from_secs(20);
const PATIENCE_MAX: Duration = Duration::from_secs(300);
