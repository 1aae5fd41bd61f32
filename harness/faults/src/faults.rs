//! The faults: what can be broken in a world, one file each.
//!
//! A new fault is one file here: a struct of parameters, `impl Fault` for it, and a `SPEC` with which it joins
//! [`FAULTS`]. A fault only changes fields that Windows, a network or Azure really has; the consequences are not
//! its business.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::fault::Fault;

mod access_list;
mod agent_proxy;
mod agent_reinstalled;
mod allows_only;
mod antivirus_watches;
mod blocks;
mod browser_cached;
mod browser_cookie;
mod captive_portal;
mod certificate_chain_incomplete;
mod certificate_expired;
mod certificate_for_another_name;
mod certificate_not_yet_valid;
mod certificate_of_another_authority;
mod certificate_revoked;
mod certificate_self_signed;
mod certificate_unbound;
mod clock_shifted;
mod computer_renamed;
mod connections_break;
mod controlled_folder_access;
mod device_driver_lost;
mod device_status;
pub(crate) mod dotnet_version;
mod downloaded_elsewhere;
mod downloaded_from;
pub mod edit;
mod execution_policy;
mod file_attributes;
mod file_content;
mod file_damaged;
mod file_edited;
mod file_missing;
mod file_moved;
mod file_open;
mod file_size;
mod file_sync_installed;
mod folder_attributes;
mod hosts_entry;
mod installation_type;
mod installed_version;
mod mount_begun;
mod noted_for_repair;
mod numbered_files;
mod oldest_agent;
mod path_renamed;
mod path_variable;
mod platform;
mod powershell_version;
mod proxy_answers;
mod proxy_asks;
mod proxy_inspects;
mod proxy_loses_connections;
mod proxy_refuses;
mod public_access_disabled;
mod recovery_point;
mod registered_with;
mod registry_value;
mod registry_value_removed;
mod resolver_answers;
mod scratch_location;
mod scratch_moved;
mod server_interrupted;
mod server_tls_versions;
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
mod trusted_root_removed;
mod updates_missing;
mod user_role;
mod vault_entry_deleted;
mod vault_holds;
mod volume_free;
mod volume_offline;
mod volume_properties;
mod zone_action;
mod zone_answers;

/// Every fault, in order of their names.
pub const FAULTS: &[&ActionSpec<dyn Fault>] = &[
    &access_list::SPEC,
    &agent_proxy::SPEC,
    &agent_reinstalled::SPEC,
    &allows_only::SPEC,
    &antivirus_watches::SPEC,
    &blocks::SPEC,
    &browser_cached::SPEC,
    &browser_cookie::SPEC,
    &captive_portal::SPEC,
    &certificate_chain_incomplete::SPEC,
    &certificate_expired::SPEC,
    &certificate_for_another_name::SPEC,
    &certificate_not_yet_valid::SPEC,
    &certificate_of_another_authority::SPEC,
    &certificate_revoked::SPEC,
    &certificate_self_signed::SPEC,
    &certificate_unbound::SPEC,
    &clock_shifted::SPEC,
    &computer_renamed::SPEC,
    &connections_break::SPEC,
    &controlled_folder_access::SPEC,
    &device_driver_lost::SPEC,
    &device_status::SPEC,
    &dotnet_version::SPEC,
    &downloaded_elsewhere::SPEC,
    &downloaded_from::SPEC,
    &execution_policy::SPEC,
    &edit::SPEC,
    &file_attributes::SPEC,
    &file_content::SPEC,
    &file_damaged::SPEC,
    &file_edited::SPEC,
    &file_missing::SPEC,
    &file_moved::SPEC,
    &file_open::SPEC,
    &file_size::SPEC,
    &file_sync_installed::SPEC,
    &folder_attributes::SPEC,
    &hosts_entry::SPEC,
    &installation_type::SPEC,
    &installed_version::SPEC,
    &mount_begun::SPEC,
    &noted_for_repair::SPEC,
    &numbered_files::SPEC,
    &oldest_agent::SPEC,
    &path_renamed::SPEC,
    &path_variable::SPEC,
    &platform::SPEC,
    &powershell_version::SPEC,
    &proxy_answers::SPEC,
    &proxy_asks::SPEC,
    &proxy_inspects::SPEC,
    &proxy_loses_connections::SPEC,
    &proxy_refuses::SPEC,
    &public_access_disabled::SPEC,
    &recovery_point::SPEC,
    &registered_with::SPEC,
    &registry_value::SPEC,
    &registry_value_removed::SPEC,
    &resolver_answers::SPEC,
    &scratch_location::SPEC,
    &scratch_moved::SPEC,
    &server_interrupted::SPEC,
    &server_tls_versions::SPEC,
    &service_hangs::SPEC,
    &service_stopped::SPEC,
    &shadow_storage::SPEC,
    &sites_untrusted::SPEC,
    &software_missing::SPEC,
    &subscription_state::SPEC,
    &system_proxy::SPEC,
    &system_script::SPEC,
    &task_account::SPEC,
    &task_if_running::SPEC,
    &task_time::SPEC,
    &time_passes::SPEC,
    &time_zone::SPEC,
    &tls_version_off::SPEC,
    &trigger_off::SPEC,
    &trusted_root_removed::SPEC,
    &updates_missing::SPEC,
    &user_role::SPEC,
    &vault_entry_deleted::SPEC,
    &vault_holds::SPEC,
    &volume_free::SPEC,
    &volume_offline::SPEC,
    &volume_properties::SPEC,
    &zone_action::SPEC,
    &zone_answers::SPEC,
];

/// The fault with this name.
pub fn fault(name: &str) -> Option<&'static ActionSpec<dyn Fault>> {
    FAULTS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests;
