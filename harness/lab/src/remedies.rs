//! The remedies: what the articles tell the administrator to do, one file each.
//!
//! A new remedy is one file here, like a fault: parameters, `impl Remedy`, and a `KIND` in [`REMEDIES`]. It is written
//! from the article and never undoes a fault by name. Its name is the id in the catalogue.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use marslab_model::host::Act;
use marslab_model::{Change, Name, Operation, Outcome, Target, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::edit;
use crate::faults::NotApplicable;
use crate::kind::Kind;
use crate::live::{Live, LiveError};

mod allow_at_firewall;
mod allow_at_proxy;
mod correct_system_proxy;
mod download_new_credentials;
mod enable_task_trigger;
mod free_space_on_volume;
mod move_scratch_folder;
mod remove_machine_from_vault;
mod restart_server;
mod restore_kek;
mod set_agent_proxy_credentials;
mod set_execution_policy;
mod start_agent_service;
mod start_iscsi_service;
mod unregister_and_register_again;
mod update_agent;

/// Every remedy, in order of their names.
pub const REMEDIES: &[&Kind<dyn Remedy>] = &[
    &allow_at_firewall::KIND,
    &allow_at_proxy::KIND,
    &correct_system_proxy::KIND,
    &download_new_credentials::KIND,
    &enable_task_trigger::KIND,
    &free_space_on_volume::KIND,
    &move_scratch_folder::KIND,
    &remove_machine_from_vault::KIND,
    &restart_server::KIND,
    &restore_kek::KIND,
    &set_agent_proxy_credentials::KIND,
    &set_execution_policy::KIND,
    &start_agent_service::KIND,
    &start_iscsi_service::KIND,
    &unregister_and_register_again::KIND,
    &update_agent::KIND,
];

/// The remedy with this name.
pub fn remedy(name: &str) -> Option<&'static Kind<dyn Remedy>> {
    REMEDIES.iter().find(|kind| kind.name == name).copied()
}

/// What an administrator does, with its parameters.
#[async_trait]
pub trait Remedy: Debug + Send + Sync {
    /// Does it on a running world.
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError>;
}

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

impl Kind<dyn Remedy> {
    /// The table entry of the remedy `P`.
    pub const fn new<P: Remedy + DeserializeOwned + JsonSchema + 'static>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
    ) -> Self {
        Self::with::<P>(name, summary, example, |value| Ok(Arc::new(P::deserialize(value)?)))
    }
}

/// Makes changes, as the administrator.
fn make(live: &Live, changes: &[Change]) -> Result<(), RemedyError> {
    changes.iter().try_for_each(|change| Ok(live.apply(change)?))
}

/// Starts a service of Windows.
fn start_service(live: &Live, name: &str) -> Result<(), RemedyError> {
    live.host().start_service(&Name::new(name)).map_err(|error| RemedyError(error.to_string()))
}

/// Lets the administrator do an operation of the agent, which must succeed.
async fn succeed(live: &Live, operation: Operation) -> Result<(), RemedyError> {
    match live.operate(operation).await {
        Outcome::Succeeded => Ok(()),
        Outcome::Failed(symptom) => {
            let said = format!("`{operation}` failed: {}", symptom.message);
            Err(RemedyError(said))
        }
    }
}

/// The full name of the machine that complains.
fn full_name(live: &Live, world: &World) -> Result<Name, RemedyError> {
    let domain = &edit::machine(world)?.domain;
    Ok(Name::new(format!("{}.{domain}", live.machine_name())))
}

/// Whether a target is one of those that the article lists, or within one.
fn is_required(target: &Target) -> bool {
    REQUIRED.iter().filter_map(|text| text.parse::<Target>().ok()).any(|required| {
        let host = match target {
            Target::Host(host) | Target::Wildcard(host) => Some(host),
            Target::Any | Target::Range(_) => None,
        };
        let ip = match target {
            Target::Range(range) => Some(range.network()),
            Target::Any | Target::Host(_) | Target::Wildcard(_) => None,
        };
        required.matches(host, ip)
    })
}

/// The URLs and address ranges that must be reachable (zh-2019-05, 34513).
const REQUIRED: &[&str] = &[
    "www.msftncsi.com",
    "*.Microsoft.com",
    "*.WindowsAzure.com",
    "*.microsoftonline.com",
    "*.windows.net",
    "20.190.128.0/18",
    "40.126.0.0/18",
];

#[cfg(test)]
mod tests;
