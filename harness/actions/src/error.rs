//! Why a fault, a setting or a remedy could not be applied.

use marslab_live::LiveError;
use thiserror::Error;

/// Why a fault or a setting does not apply to a world: a fragment that reads after "it does not apply: ".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotApplicable(pub String);

/// Why a remedy could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct RemedyError(pub String);

impl From<LiveError> for RemedyError {
    fn from(error: LiveError) -> Self {
        Self(error.to_string())
    }
}

impl From<NotApplicable> for RemedyError {
    fn from(why: NotApplicable) -> Self {
        Self(why.0)
    }
}
