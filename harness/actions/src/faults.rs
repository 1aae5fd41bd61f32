//! The faults: what can be broken in a world, one file each.
//!
//! A new fault is one file here: a struct of parameters, `impl Fault` for it, and a `KIND` with which it joins
//! [`FAULTS`]. A fault only changes fields that Windows, a network or Azure really has; what comes of it is not its
//! business.

use crate::action_spec::Kind;
use crate::fault::Fault;

mod access_list;
mod agent_proxy;
mod agent_reinstalled;
mod antivirus_watches;
mod blocks;
mod browser_cached;
mod browser_cookie;
mod captive_portal;
mod clock_shifted;
mod computer_renamed;
mod connections_break;
mod device_driver_lost;
mod device_status;
pub(crate) mod dotnet_version;
mod downloaded_elsewhere;
mod downloaded_from;
mod execution_policy;
mod file_attributes;
mod file_content;
mod file_damaged;
mod file_edited;
mod file_missing;
mod file_moved;
mod file_size;
mod file_sync_installed;
mod installed_version;
mod mount_begun;
mod noted_for_repair;
mod numbered_files;
mod path_renamed;
mod path_variable;
mod platform;
mod powershell_version;
mod proxy_answers;
mod proxy_asks;
mod proxy_inspects;
mod proxy_loses_connections;
mod proxy_refuses;
mod recovery_point;
mod registered_with;
mod registry_value;
mod registry_value_removed;
mod resolver_answers;
mod scratch_location;
mod server_interrupted;
mod service_hangs;
mod service_stopped;
mod shadow_storage;
mod sites_untrusted;
mod software_missing;
mod subscription_state;
mod system_proxy;
mod system_script;
mod task_account;
mod task_if_running;
mod task_time;
mod time_passes;
mod time_zone;
pub(crate) mod tls_version_off;
mod trigger_off;
mod updates_missing;
mod user_role;
mod vault_entry_deleted;
mod vault_holds;
mod volume_free;
mod volume_properties;
mod zone_action;

/// Every fault, in order of their names.
pub const FAULTS: &[&Kind<dyn Fault>] = &[
    &access_list::KIND,
    &agent_proxy::KIND,
    &agent_reinstalled::KIND,
    &antivirus_watches::KIND,
    &blocks::KIND,
    &browser_cached::KIND,
    &browser_cookie::KIND,
    &captive_portal::KIND,
    &clock_shifted::KIND,
    &computer_renamed::KIND,
    &connections_break::KIND,
    &device_driver_lost::KIND,
    &device_status::KIND,
    &dotnet_version::KIND,
    &downloaded_elsewhere::KIND,
    &downloaded_from::KIND,
    &execution_policy::KIND,
    &file_attributes::KIND,
    &file_content::KIND,
    &file_damaged::KIND,
    &file_edited::KIND,
    &file_missing::KIND,
    &file_moved::KIND,
    &file_size::KIND,
    &file_sync_installed::KIND,
    &installed_version::KIND,
    &mount_begun::KIND,
    &noted_for_repair::KIND,
    &numbered_files::KIND,
    &path_renamed::KIND,
    &path_variable::KIND,
    &platform::KIND,
    &powershell_version::KIND,
    &proxy_answers::KIND,
    &proxy_asks::KIND,
    &proxy_inspects::KIND,
    &proxy_loses_connections::KIND,
    &proxy_refuses::KIND,
    &recovery_point::KIND,
    &registered_with::KIND,
    &registry_value::KIND,
    &registry_value_removed::KIND,
    &resolver_answers::KIND,
    &scratch_location::KIND,
    &server_interrupted::KIND,
    &service_hangs::KIND,
    &service_stopped::KIND,
    &shadow_storage::KIND,
    &sites_untrusted::KIND,
    &software_missing::KIND,
    &subscription_state::KIND,
    &system_proxy::KIND,
    &system_script::KIND,
    &task_account::KIND,
    &task_if_running::KIND,
    &task_time::KIND,
    &time_passes::KIND,
    &time_zone::KIND,
    &tls_version_off::KIND,
    &trigger_off::KIND,
    &updates_missing::KIND,
    &user_role::KIND,
    &vault_entry_deleted::KIND,
    &vault_holds::KIND,
    &volume_free::KIND,
    &volume_properties::KIND,
    &zone_action::KIND,
];

/// The fault with this name.
pub fn fault(name: &str) -> Option<&'static Kind<dyn Fault>> {
    FAULTS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests;
