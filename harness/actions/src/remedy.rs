//! [`Remedy`]: what the articles tell an administrator to do.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::action_spec::ActionSpec;
use crate::error::RemedyError;

/// What an administrator does, with its parameters.
#[async_trait]
pub trait Remedy: Debug + Send + Sync {
    /// Does it on a running world.
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError>;
}

impl ActionSpec<dyn Remedy> {
    /// The table entry of the remedy `P`.
    pub const fn new<P: Remedy + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}
