//! The remedies: what the articles tell the administrator to do, one file each.
//!
//! A new remedy is one file here, like a fault: parameters, `impl Remedy`, and a `KIND` in [`REMEDIES`]. It is written
//! from the article and never undoes a fault by name. Its name is the id in the catalogue.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use marslab_model::host::HostControl;
use marslab_model::{Change, Name, Operation, Outcome, Target, World};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::edit;
use crate::faults::NotApplicable;
use crate::kind::Kind;
use crate::live::{Live, LiveError};

mod add_module_path;
mod add_trusted_sites;
mod allow_at_firewall;
mod allow_at_proxy;
mod cancel_mount;
mod check_volume;
mod clear_browser_cache;
mod copy_credentials_to_local_disk;
mod copy_module;
mod correct_system_proxy;
mod delete_temp_files;
mod disable_file_sync_driver;
mod download_new_credentials;
mod enable_file_download;
mod enable_newer_tls;
mod enable_shadow_copy_service;
mod enable_subscription;
mod enable_task_trigger;
mod exclude_from_antivirus_scan;
mod exclude_from_backup;
mod follow_azure_vm_guidance;
mod free_space_on_volume;
mod grant_backup_role;
mod grant_file_access;
mod install_azure_powershell;
mod install_dotnet;
mod install_powershell;
mod install_updates;
mod move_scratch_folder;
mod register_and_configure;
mod register_with_new_credentials;
mod reinstall_with_new_credentials;
mod remove_machine_from_vault;
mod remove_system_proxy;
mod rename_server;
mod renew_subscription;
mod resize_shadow_storage;
mod restart_agent_service;
mod restart_iscsi_service;
mod restart_server;
mod restore_internet_access;
mod restore_kek;
mod restore_on_another_machine;
mod retry_later;
mod separate_schedules;
mod set_agent_proxy;
mod set_agent_proxy_credentials;
mod set_date_and_time;
mod set_execution_policy;
mod set_passphrase;
mod set_task_account;
mod set_time_zone;
mod start_agent_service;
mod start_iscsi_service;
mod start_no_second_instance;
mod uninstall_agent;
mod unregister_and_register_again;
mod unselect_agent_proxy;
mod update_agent;
mod update_backup_items;
mod update_iscsi_driver;
mod use_another_browser;
mod use_first_passphrase;

/// Every remedy, in order of their names.
pub const REMEDIES: &[&Kind<dyn Remedy>] = &[
    &add_module_path::KIND,
    &add_trusted_sites::KIND,
    &allow_at_firewall::KIND,
    &allow_at_proxy::KIND,
    &cancel_mount::KIND,
    &check_volume::KIND,
    &clear_browser_cache::KIND,
    &copy_credentials_to_local_disk::KIND,
    &copy_module::KIND,
    &correct_system_proxy::KIND,
    &delete_temp_files::KIND,
    &disable_file_sync_driver::KIND,
    &download_new_credentials::KIND,
    &enable_file_download::KIND,
    &enable_newer_tls::KIND,
    &enable_shadow_copy_service::KIND,
    &enable_subscription::KIND,
    &enable_task_trigger::KIND,
    &exclude_from_antivirus_scan::KIND,
    &exclude_from_backup::KIND,
    &follow_azure_vm_guidance::KIND,
    &free_space_on_volume::KIND,
    &grant_backup_role::KIND,
    &grant_file_access::KIND,
    &install_azure_powershell::KIND,
    &install_dotnet::KIND,
    &install_powershell::KIND,
    &install_updates::KIND,
    &move_scratch_folder::KIND,
    &register_and_configure::KIND,
    &register_with_new_credentials::KIND,
    &reinstall_with_new_credentials::KIND,
    &remove_machine_from_vault::KIND,
    &remove_system_proxy::KIND,
    &rename_server::KIND,
    &renew_subscription::KIND,
    &resize_shadow_storage::KIND,
    &restart_agent_service::KIND,
    &restart_iscsi_service::KIND,
    &restart_server::KIND,
    &restore_internet_access::KIND,
    &restore_kek::KIND,
    &restore_on_another_machine::KIND,
    &retry_later::KIND,
    &separate_schedules::KIND,
    &set_agent_proxy::KIND,
    &set_agent_proxy_credentials::KIND,
    &set_date_and_time::KIND,
    &set_execution_policy::KIND,
    &set_passphrase::KIND,
    &set_task_account::KIND,
    &set_time_zone::KIND,
    &start_agent_service::KIND,
    &start_iscsi_service::KIND,
    &start_no_second_instance::KIND,
    &uninstall_agent::KIND,
    &unregister_and_register_again::KIND,
    &unselect_agent_proxy::KIND,
    &update_agent::KIND,
    &update_backup_items::KIND,
    &update_iscsi_driver::KIND,
    &use_another_browser::KIND,
    &use_first_passphrase::KIND,
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
    Ok(live.apply_all(changes)?)
}

/// Starts a service of Windows.
fn start_service(live: &Live, name: &str) -> Result<(), RemedyError> {
    live.host().start_service(&Name::new(name)).map_err(|error| RemedyError(error.to_string()))
}

/// Stops a service of Windows and starts it.
fn restart_service(live: &Live, name: &str) -> Result<(), RemedyError> {
    let stopped = live.host().stop_service(&Name::new(name));
    stopped.map_err(|error| RemedyError(error.to_string()))?;
    start_service(live, name)
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

/// The sites among what must be reachable.
pub(crate) fn required_sites() -> Vec<Target> {
    let targets = REQUIRED.iter().filter_map(|text| text.parse::<Target>().ok());
    targets.filter(|target| matches!(target, Target::Host(_) | Target::Wildcard(_))).collect()
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
