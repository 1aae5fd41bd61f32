//! The faults: what can be broken in a world, one file each.
//!
//! A new fault is one file here: a struct of parameters, `impl Fault` for it, and a `KIND` with which it joins
//! [`FAULTS`]. A fault only changes fields that Windows, a network or Azure really has; what comes of it is not its
//! business.

use std::fmt::Debug;
use std::sync::Arc;

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::kind::Kind;

mod blocks;
mod execution_policy;
mod file_damaged;
mod file_missing;
mod installed_version;
mod proxy_asks;
mod proxy_refuses;
mod registered_with;
mod service_stopped;
mod system_proxy;
mod time_passes;
mod trigger_off;
mod vault_holds;
mod volume_free;

/// Every fault, in order of their names.
pub const FAULTS: &[&Kind<dyn Fault>] = &[
    &blocks::KIND,
    &execution_policy::KIND,
    &file_damaged::KIND,
    &file_missing::KIND,
    &installed_version::KIND,
    &proxy_asks::KIND,
    &proxy_refuses::KIND,
    &registered_with::KIND,
    &service_stopped::KIND,
    &system_proxy::KIND,
    &time_passes::KIND,
    &trigger_off::KIND,
    &vault_holds::KIND,
    &volume_free::KIND,
];

/// The fault with this name.
pub fn fault(name: &str) -> Option<&'static Kind<dyn Fault>> {
    FAULTS.iter().find(|kind| kind.name == name).copied()
}

/// Something broken, with its parameters.
pub trait Fault: Debug + Send + Sync {
    /// The changes that break `world`, or why they would break nothing in it.
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable>;
}

/// Why a fault or a setting does not apply to a world: a fragment that reads after "it does not apply: ".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotApplicable(pub String);

impl Kind<dyn Fault> {
    /// The table entry of the fault `P`.
    pub const fn new<P: Fault + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}

#[cfg(test)]
mod tests;
