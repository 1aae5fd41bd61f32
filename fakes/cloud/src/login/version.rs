//! The two generations of the service's endpoints.

/// To which endpoints a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Tokens are for a `resource`.
    V1,
    /// Tokens are for a `scope`.
    V2,
}

impl Version {
    /// What stands in its paths.
    pub(super) const fn part(self) -> &'static str {
        match self {
            Self::V1 => "",
            Self::V2 => "/v2.0",
        }
    }
}
