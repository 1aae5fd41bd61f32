//! What `--subject` chooses.

use std::num::NonZeroUsize;

use marslab::baselines::Baseline;
use marslab::baselines::memory::Training;
use marslab::play::Options;
use marslab::scenario::Play;
use marslab::subject::{CommandSubject, PLAYS_PER_PROCESS, ServedSubject};
use marslab::subject_runner::{Isolation, SubjectRunner};

use super::super::program::{program, test_start};
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
                None => chosen(text, args),
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
    if args.serve || args.subject_isolated || !args.program.subject_env.is_empty() {
        return Err(CliError::BaselineIsNoProgram);
    }
    let names = || Baseline::ALL.into_iter().map(Baseline::name);
    Baseline::named(name).ok_or_else(|| CliError::Unknown {
        noun: "baseline",
        name: name.to_owned(),
        suggestion: Suggestion::similar(name, names(), Suggestion::OneOf(names().collect())),
    })
}

fn chosen(command: &str, args: &Run) -> Result<Chosen, CliError> {
    if args.fidelity == FidelityName::Memory {
        return Err(CliError::SubjectOnMemory);
    }
    let isolation =
        if args.subject_isolated { Isolation::Isolated } else { Isolation::NotIsolated };
    let subject = program(command, &args.program)?.with_isolation(isolation);
    if args.serve && subject.names_mcp() {
        return Err(CliError::McpServed);
    }
    test_start(&subject)?;
    if !args.serve {
        return Ok(Chosen::Command(subject));
    }
    let program = subject.program().to_string_lossy().into_owned();
    let served = ServedSubject::new(subject, args.jobs.unwrap_or_else(jobs));
    served.map(Chosen::Served).map_err(|error| CliError::SubjectNotStarted { program, error })
}
