//! The exit codes: the only place that knows them.

use std::process::ExitCode;

use marslab::play::PlayError;
use marslab::report::Counts;
use marslab::session::SessionError;
use marslab::session::client::CallError;
use marslab::session::place::PlaceError;

use crate::error::CliError;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Success; of a run: every play was confirmed.
    Success,
    /// A beat was not as expected, runs or repeats differ, an operation failed, or a program gave no diagnosis.
    Mismatch,
    /// The command line or a scenario file is invalid, and nothing was run; or a fault does not apply to the
    /// scenario's world, which shows only when it is played.
    BadInput,
    /// A play proves nothing, and none was a mismatch.
    Inconclusive,
    /// No play was selected, or the session does not exist.
    NothingSelected,
    /// An internal error, which says nothing about the subject.
    LabFailed,
    /// The run was interrupted.
    Interrupted,
}

impl Exit {
    /// The worst ending of a run. An internal error comes first: it casts doubt on the other results.
    pub(crate) const fn of(counts: Counts) -> Self {
        if counts.lab_failed > 0 {
            Self::LabFailed
        } else if counts.not_playable > 0 {
            Self::BadInput
        } else if counts.mismatch > 0 {
            Self::Mismatch
        } else if counts.inconclusive > 0 {
            Self::Inconclusive
        } else {
            Self::Success
        }
    }

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Mismatch => 1,
            Self::BadInput => 2,
            Self::Inconclusive => 3,
            Self::NothingSelected => 4,
            // EX_SOFTWARE of sysexits.h.
            Self::LabFailed => 70,
            // What a shell says of a program that Ctrl-C ended.
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

impl Exit {
    const fn without_session(error: &PlaceError) -> Self {
        match error {
            PlaceError::Several { .. } | PlaceError::NotPrivate(_) => Self::BadInput,
            PlaceError::None | PlaceError::NoSuch { .. } | PlaceError::Unreadable { .. } => {
                Self::NothingSelected
            }
        }
    }
}

impl From<&CliError> for Exit {
    fn from(error: &CliError) -> Self {
        match error {
            CliError::InvalidScenarios(_)
            | CliError::EmptyFilter
            | CliError::SharedFile(_)
            | CliError::Unknown { .. }
            | CliError::NoField(_)
            | CliError::Packs(_)
            | CliError::NewPack(_)
            | CliError::Ambiguous { .. }
            | CliError::Umbrella { .. }
            | CliError::Subject(_)
            | CliError::SubjectEnv(_)
            | CliError::SubjectNotStarted { .. }
            | CliError::SubjectOnMemory
            | CliError::Shard(_)
            | CliError::Merge(_)
            | CliError::Known { .. }
            | CliError::Seed(_)
            | CliError::Unwritable { .. }
            | CliError::SharedStdout
            | CliError::WatchedStdout
            | CliError::NothingToWatch
            | CliError::Report { .. }
            | CliError::OtherCorpus(_)
            | CliError::McpServed
            | CliError::BaselineIsNoProgram
            | CliError::NoDoor
            | CliError::Mcp(_)
            | CliError::SeveralSelected { .. }
            | CliError::Clash { .. }
            | CliError::Unparsable { .. }
            | CliError::Call(
                CallError::Refused { status: 400..=499, .. } | CallError::NotLoopback(_),
            )
            | CliError::Session(SessionError::Refused(PlayError::NotApplicable { .. })) => {
                Self::BadInput
            }
            CliError::Trial(error) if error.is_bad_input() => Self::BadInput,
            CliError::Training(error) if error.is_bad_input() => Self::BadInput,
            CliError::NothingSelected { .. }
            | CliError::NothingFailed
            | CliError::NoPairs
            | CliError::Call(CallError::Unreachable { .. }) => Self::NothingSelected,
            CliError::RunsDiffer { .. }
            | CliError::RepeatsDiffer(_)
            | CliError::KnownAreFixed { .. } => Self::Mismatch,
            CliError::NoSession(error) => Self::without_session(error),
            // What is left is the fault neither of who typed nor of the subject.
            _ => Self::LabFailed,
        }
    }
}

#[cfg(test)]
mod tests;
