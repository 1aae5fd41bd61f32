//! [`Fault`]: something that breaks a world.

use std::fmt::Debug;
use std::sync::Arc;

use marslab_model::{Change, Target, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;

/// Something broken, with its parameters.
pub trait Fault: Debug + Send + Sync {
    /// The changes that break `world`, or why they would break nothing in it.
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable>;

    /// The hosts that it is for, where its parameters name some.
    fn targets(&self) -> &[Target] {
        &[]
    }
}

impl ActionSpec<dyn Fault> {
    /// The table entry of the fault `P`.
    pub const fn new<P: Fault + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}
