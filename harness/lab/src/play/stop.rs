//! Why a play does not come to its last beat.

use super::PlayError;
use crate::live::LiveError;
use crate::verdict::Mismatch;

/// Why a performance ends before its last beat.
pub(crate) enum Stop {
    Mismatch(Mismatch),
    Error(PlayError),
}

impl From<Mismatch> for Stop {
    fn from(mismatch: Mismatch) -> Self {
        Self::Mismatch(mismatch)
    }
}

impl From<LiveError> for Stop {
    fn from(error: LiveError) -> Self {
        Self::Error(error.into())
    }
}

impl From<PlayError> for Stop {
    fn from(error: PlayError) -> Self {
        Self::Error(error)
    }
}
