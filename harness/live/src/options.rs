//! How a world is set going.

use std::sync::Arc;

use marslab_agent::Product;
use marslab_state::Pace;

use crate::fidelity::Fidelity;
use crate::limits::Limits;
use crate::product;

/// How a world is set going.
#[derive(Clone, Debug)]
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
    /// What the agent shows, and what its steps need besides.
    pub product: Arc<Product>,
}

impl StartOptions {
    /// The first world of a play: time stands still, and the limits and messages are the product's.
    pub fn new(fidelity: Fidelity, seed: u64) -> Self {
        Self {
            fidelity,
            seed,
            instance: 0,
            pace: Pace::Still,
            limits: Limits::default(),
            product: Arc::clone(product::embedded()),
        }
    }

    /// Sets which running world of the play this is.
    #[must_use]
    pub fn with_instance(self, instance: u32) -> Self {
        Self { instance, ..self }
    }

    /// Sets how world time advances.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// Sets the limits of agent, Windows and cloud.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets what the agent shows, and what its steps need besides.
    #[must_use]
    pub fn with_product(self, product: Arc<Product>) -> Self {
        Self { product, ..self }
    }
}

/// The seed of a run for which none is given.
pub const DEFAULT_SEED: u64 = 4711;
