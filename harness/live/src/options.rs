//! How a world is set going.

use marslab_state::Pace;

use crate::fidelity::Fidelity;
use crate::limits::Limits;

/// How a world is set going.
#[derive(Clone, Copy, Debug)]
pub struct StartOptions {
    /// How true to life.
    pub fidelity: Fidelity,
    /// From which keys, ids and everything else that is random come.
    pub seed: u64,
    /// Tells apart the running worlds of one play: ids made in one are not made again in another.
    pub instance: u32,
    /// How world time goes on.
    pub pace: Pace,
    /// To which numbers agent, Windows and cloud hold.
    pub limits: Limits,
}

impl StartOptions {
    /// The first world of a play; its time stands still, and the limits are the product's.
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
