//! How the program ends: the one place that knows the exit codes.

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
    /// Everything is as asked for; of a run, every play was confirmed.
    Good,
    /// A beat was not as expected, or two runs or repeats were not the same; or an operation failed.
    Mismatch,
    /// The command line or a scenario file is wrong, and nothing was run; or a scenario asks for what its own world
    /// does not have, which only playing it shows.
    BadInput,
    /// A play proves nothing, and no other was a mismatch.
    Inconclusive,
    /// There is nothing to play, or nobody to ask.
    NothingSelected,
    /// The lab itself failed, which says nothing about the subject.
    LabFailed,
}

impl Exit {
    /// What the plays of a run come to. That the lab failed comes first: then the other results are in doubt.
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
            Self::Good
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Mismatch => 1,
            Self::BadInput => 2,
            Self::Inconclusive => 3,
            Self::NothingSelected => 4,
            // EX_SOFTWARE of sysexits.h.
            Self::LabFailed => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

impl From<&CliError> for Exit {
    fn from(error: &CliError) -> Self {
        match error {
            CliError::Scenarios(_)
            | CliError::Unknown { .. }
            | CliError::Ambiguous { .. }
            | CliError::Umbrella { .. }
            | CliError::Subject(_)
            | CliError::ProgramOnMemory
            | CliError::Unwritable { .. }
            | CliError::TwiceToOutput
            | CliError::SeveralSelected { .. }
            | CliError::Clash { .. }
            | CliError::NoParameters { .. }
            | CliError::Place(PlaceError::NonEmptyVec(_) | PlaceError::NotPrivate(_))
            | CliError::Call(
                CallError::Refused { status: 400..=499, .. } | CallError::NotLoopback(_),
            )
            | CliError::Session(SessionError::Refused(PlayError::NotApplicable { .. })) => {
                Self::BadInput
            }
            CliError::NothingSelected { .. }
            | CliError::NoPairs
            | CliError::Place(PlaceError::None | PlaceError::Unreadable { .. })
            | CliError::Call(CallError::Unreachable { .. }) => Self::NothingSelected,
            CliError::Differ { .. } | CliError::Deviate(_) => Self::Mismatch,
            CliError::Write(_)
            | CliError::Pairs(_)
            | CliError::Worlds(_)
            | CliError::Call(_)
            | CliError::Session(_) => Self::LabFailed,
        }
    }
}

/// The exit codes, as `--help` tells them. A macro, so that a longer text can be made of it.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
   0  good: every play was confirmed
   1  mismatch: a beat was not as expected, two runs with one seed differ, or repeats of a play do;
      of `operate`: the operation failed
   2  bad command line, scenario file or output file, and nothing was run; or a scenario that does
      not fit the world that it describes
   3  inconclusive: a play proves nothing, and none was a mismatch
   4  nothing selected: no play has such a name, or no world is held open
  70  the lab itself failed, which says nothing about the subject"
    };
}

pub(crate) use exit_codes;

#[cfg(test)]
mod tests;
