//! [`Setting`]: a healthy background that a scenario can be played before.

use std::fmt::Debug;
use std::sync::Arc;

use marslab_model::{Change, Operation, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::fault::Fault;

/// A healthy background, with its parameters.
pub trait Setting: Debug + Send + Sync {
    /// The changes that make `world` so, or why they cannot.
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable>;

    /// What the administrator has done in that world before anything that the scenario's operation needs.
    fn done_before(&self) -> Past {
        Past::default()
    }
}

impl<F: Fault> Setting for F {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        Fault::changes(self, world)
    }
}

/// What was done in a world, and how long ago.
#[derive(Clone, Copy, Debug, Default)]
pub struct Past {
    /// The operations, in order.
    pub operations: &'static [Operation],
    /// How many days have passed since.
    pub days_ago: u16,
}

impl ActionSpec<dyn Setting> {
    /// The table entry of the setting `P`.
    pub const fn new<P: Setting + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}
