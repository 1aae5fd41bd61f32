//! [`TrialError`].

use marslab::play::PlayError;
use thiserror::Error;

/// Why a trial could not be made.
#[derive(Debug, Error)]
pub(crate) enum TrialError {
    /// A file says what is tried.
    #[error("`--operation` and `--given` cannot be used with a file")]
    DraftIsWhole,
    /// Faults alone do not say what is tried.
    #[error("missing `--operation`")]
    NoOperation,
    /// It could not be played.
    #[error(transparent)]
    Play(#[from] PlayError),
}

impl TrialError {
    /// Whether it is the fault of who typed.
    pub(crate) const fn is_bad_input(&self) -> bool {
        matches!(
            self,
            Self::DraftIsWhole | Self::NoOperation | Self::Play(PlayError::NotApplicable { .. })
        )
    }

    /// What to do about it.
    pub(crate) const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::DraftIsWhole => Some("write them into the file, below `[when]` and `[given]`"),
            Self::NoOperation => {
                Some("such as `--operation backup`; `marslab list operations` shows all")
            }
            Self::Play(_) => None,
        }
    }
}
