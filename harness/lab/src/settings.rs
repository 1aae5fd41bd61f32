//! The settings: healthy backgrounds that a scenario can be played before, one file each.
//!
//! A new setting is one file here, like a fault: parameters, `impl Setting`, and a `KIND` in [`SETTINGS`]. On a world
//! with any settings everything works.

use std::fmt::Debug;
use std::sync::Arc;

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::faults::NotApplicable;
use crate::kind::Kind;

mod behind_proxy;

/// Every setting, in the order in which a scenario's settings are made.
pub const SETTINGS: &[&Kind<dyn Setting>] = &[&behind_proxy::KIND];

/// The setting with this name.
pub fn setting(name: &str) -> Option<&'static Kind<dyn Setting>> {
    SETTINGS.iter().find(|kind| kind.name == name).copied()
}

/// A healthy background, with its parameters.
pub trait Setting: Debug + Send + Sync {
    /// The changes that make `world` so, or why they cannot.
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable>;
}

impl Kind<dyn Setting> {
    /// The table entry of the setting `P`.
    pub const fn new<P: Setting + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}

#[cfg(test)]
mod tests;
