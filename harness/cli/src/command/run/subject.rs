//! What `--subject` chooses.

use std::num::NonZeroUsize;
use std::time::Duration;

use marslab::baselines::Baseline;
use marslab::baselines::memory::Training;
use marslab::play::Options;
use marslab::process::Limits;
use marslab::scenario::Play;
use marslab::subject::{Caller, CommandSubject, PLAYS_PER_PROCESS, ServedSubject};
use marslab::subject_runner::{Isolation, SubjectRunner};

use super::{jobs, reference};
use crate::args::{FidelityName, Run};
use crate::error::CliError;
use crate::names::Suggestion;

/// What was chosen.
pub(super) enum Chosen {
    /// The core that is built in.
    Reference,
    /// A subject that does not diagnose.
    Baseline(Baseline),
    /// A program for each question.
    Command(CommandSubject),
    /// Programs that answer many questions.
    Served(ServedSubject),
}

impl Chosen {
    /// Reads `--subject`. A program is started once, so that one that cannot be is told before anything is run.
    pub(super) fn of(args: &Run) -> Result<Self, CliError> {
        match &args.subject {
            None => Ok(Self::Reference),
            Some(text) => match text.strip_prefix(Baseline::PREFIX) {
                Some(name) => baseline(name, args).map(Self::Baseline),
                None => program(text, args),
            },
        }
    }

    /// How many plays go on at a time.
    pub(super) const fn plays_at_a_time(&self, jobs: NonZeroUsize) -> NonZeroUsize {
        match self {
            Self::Baseline(baseline) if baseline.needs_order() => NonZeroUsize::MIN,
            // More than there are processes, so that the questions of several plays take turns in each.
            Self::Served(_) => jobs.saturating_mul(PLAYS_PER_PROCESS),
            _ => jobs,
        }
    }

    /// The subject. A baseline that remembers is trained with these plays.
    pub(super) fn into_subject(self, plays: &[&Play], options: &Options) -> Box<dyn SubjectRunner> {
        match self {
            Self::Reference => Box::new(reference()),
            Self::Baseline(baseline) => Box::new(baseline.subject(&Training::new(plays, options))),
            Self::Command(subject) => Box::new(subject),
            Self::Served(subject) => Box::new(subject),
        }
    }
}

fn baseline(name: &str, args: &Run) -> Result<Baseline, CliError> {
    if args.serve || args.subject_isolated || !args.subject_env.is_empty() {
        return Err(CliError::BaselineIsNoProgram);
    }
    let names = || Baseline::ALL.into_iter().map(Baseline::name);
    Baseline::named(name).ok_or_else(|| CliError::Unknown {
        noun: "baseline",
        name: name.to_owned(),
        suggestion: Suggestion::similar(name, names(), Suggestion::OneOf(names().collect())),
    })
}

fn program(command: &str, args: &Run) -> Result<Chosen, CliError> {
    if args.fidelity == FidelityName::Memory {
        return Err(CliError::SubjectOnMemory);
    }
    let limits = Limits { time: Duration::from_secs(args.subject_timeout), ..Limits::default() };
    let caller = Caller::of_this_process();
    let environment = caller.environment(&args.subject_env)?;
    let isolation =
        if args.subject_isolated { Isolation::Isolated } else { Isolation::NotIsolated };
    let subject = CommandSubject::new(command, &caller, limits)?;
    let subject = subject.with_environment(environment).with_isolation(isolation);
    let subject = subject.with_mcp(std::env::current_exe()?);
    if args.serve && subject.names_mcp() {
        return Err(CliError::McpServed);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let started = runtime.and_then(|runtime| runtime.block_on(subject.test_start()));
    let program = subject.program().to_string_lossy().into_owned();
    let not_started = |error| CliError::SubjectNotStarted { program, error };
    match started {
        Ok(()) if args.serve => {
            let served = ServedSubject::new(subject, args.jobs.unwrap_or_else(jobs));
            Ok(Chosen::Served(served.map_err(not_started)?))
        }
        Ok(()) => Ok(Chosen::Command(subject)),
        Err(error) => Err(not_started(error)),
    }
}
