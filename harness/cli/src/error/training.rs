//! [`TrainingError`].

use std::io;
use std::path::PathBuf;

use marslab::training::choice::ChoiceError;
use marslab::training::record::RecordError;
use marslab::training::training;
use thiserror::Error;

/// Why a training or its record failed.
#[derive(Debug, Error)]
pub(crate) enum TrainingError {
    /// There is nothing to train with.
    #[error(transparent)]
    Choice(ChoiceError),
    /// The lab could not do its part.
    #[error(transparent)]
    Lab(training::TrainingError),
    /// A record cannot be read.
    #[error("cannot read the record `{}`: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        #[source]
        error: io::Error,
    },
    /// A file is no record.
    #[error("cannot read the record `{}`: {error}", .path.display())]
    NoRecord {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        error: RecordError,
    },
}

impl TrainingError {
    /// What to do about it.
    pub(crate) const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Choice(ChoiceError::UnknownSection(_)) => {
                Some("`marslab show failure NAME` shows the section of each failure")
            }
            Self::Choice(ChoiceError::Nothing) => Some("leave one of the two out"),
            Self::Choice(ChoiceError::NothingToRepair(_)) => {
                Some("choose a scenario of kind failure, step, check or compound: `marslab list`")
            }
            Self::Unreadable { .. } | Self::NoRecord { .. } => {
                Some("give a file that `marslab train --record FILE` wrote")
            }
            _ => None,
        }
    }

    /// Whether it is the fault of who typed.
    pub(crate) const fn is_bad_input(&self) -> bool {
        !matches!(self, Self::Lab(_))
    }
}

impl From<ChoiceError> for TrainingError {
    fn from(error: ChoiceError) -> Self {
        Self::Choice(error)
    }
}

impl From<training::TrainingError> for TrainingError {
    fn from(error: training::TrainingError) -> Self {
        match error {
            training::TrainingError::Choice(error) => Self::Choice(error),
            other => Self::Lab(other),
        }
    }
}
