//! How a world is set going.

use marslab_state::Pace;

use crate::fidelity::Fidelity;
use crate::limits::Limits;

/// How a world is set going.
#[derive(Clone, Copy, Debug)]
pub struct StartOptions {
    /// The fidelity.
    pub fidelity: Fidelity,
    /// The seed of keys, ids and everything else that is random.
    pub seed: u64,
    /// Which running world of the play this is; ids drawn in one are not drawn again in another.
    pub instance: u32,
    /// How world time advances.
    pub pace: Pace,
    /// The limits of agent, Windows and cloud.
    pub limits: Limits,
}

impl StartOptions {
    /// The first world of a play: time stands still, and the limits are the product's.
    pub fn new(fidelity: Fidelity, seed: u64) -> Self {
        Self { fidelity, seed, instance: 0, pace: Pace::Still, limits: Limits::default() }
    }

    /// The same, for another world of the play.
    #[must_use]
    pub const fn with_instance(self, instance: u32) -> Self {
        Self { instance, ..self }
    }

    /// The same, with time that goes on in another way.
    #[must_use]
    pub const fn with_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same, with other limits.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

/// The seed of a run that names none.
pub const DEFAULT_SEED: u64 = 4711;
