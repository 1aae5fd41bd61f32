//! Why a play does not come to its last beat.

use super::PlayError;
use crate::verdict::Mismatch;
use marslab_live::LiveError;

/// Why a performance ends before its last beat.
pub enum Stop {
    /// Something was not as the scenario says.
    Mismatch(Mismatch),
    /// The play could not be played.
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
