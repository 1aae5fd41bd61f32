//! The remedies: what the articles tell the administrator to do, one file each.
//!
//! A new remedy is one file here, like a fault: parameters, `impl Remedy`, and a `SPEC` in [`REMEDIES`]. It is written
//! from the article and never undoes a fault by name. Its name is the id in the catalogue.
//!
//! Absent: faults; what is expected.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::remedy::Remedy;

mod add_module_path;
mod add_trusted_sites;
mod administrator;
mod allow_at_firewall;
mod allow_at_proxy;
mod allow_in_controlled_folders;
mod allow_public_access;
mod bring_volume_online;
mod cancel_mount;
mod check_volume;
mod clear_browser_cache;
mod close_program;
mod contact_support;
mod copy_credentials_to_local_disk;
mod copy_module;
mod correct_dns_forwarder;
mod correct_server_tls_versions;
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
mod import_root_certificate;
mod install_azure_powershell;
mod install_dotnet;
mod install_powershell;
mod install_updates;
mod move_scratch_folder;
mod move_to_desktop_experience;
mod register_and_configure;
mod register_with_new_credentials;
mod reinstall_with_new_credentials;
mod remove_attributes;
mod remove_machine_from_vault;
mod remove_system_proxy;
mod rename_server;
mod renew_subscription;
mod reset_hosts_file;
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
pub const REMEDIES: &[&ActionSpec<dyn Remedy>] = &[
    &add_module_path::SPEC,
    &add_trusted_sites::SPEC,
    &allow_at_firewall::SPEC,
    &allow_at_proxy::SPEC,
    &allow_in_controlled_folders::SPEC,
    &allow_public_access::SPEC,
    &bring_volume_online::SPEC,
    &cancel_mount::SPEC,
    &check_volume::SPEC,
    &clear_browser_cache::SPEC,
    &close_program::SPEC,
    &contact_support::SPEC,
    &copy_credentials_to_local_disk::SPEC,
    &copy_module::SPEC,
    &correct_dns_forwarder::SPEC,
    &correct_server_tls_versions::SPEC,
    &correct_system_proxy::SPEC,
    &delete_temp_files::SPEC,
    &disable_file_sync_driver::SPEC,
    &download_new_credentials::SPEC,
    &enable_file_download::SPEC,
    &enable_newer_tls::SPEC,
    &enable_shadow_copy_service::SPEC,
    &enable_subscription::SPEC,
    &enable_task_trigger::SPEC,
    &exclude_from_antivirus_scan::SPEC,
    &exclude_from_backup::SPEC,
    &follow_azure_vm_guidance::SPEC,
    &free_space_on_volume::SPEC,
    &grant_backup_role::SPEC,
    &grant_file_access::SPEC,
    &import_root_certificate::SPEC,
    &install_azure_powershell::SPEC,
    &install_dotnet::SPEC,
    &install_powershell::SPEC,
    &install_updates::SPEC,
    &move_scratch_folder::SPEC,
    &move_to_desktop_experience::SPEC,
    &register_and_configure::SPEC,
    &register_with_new_credentials::SPEC,
    &reinstall_with_new_credentials::SPEC,
    &remove_attributes::SPEC,
    &remove_machine_from_vault::SPEC,
    &remove_system_proxy::SPEC,
    &rename_server::SPEC,
    &renew_subscription::SPEC,
    &reset_hosts_file::SPEC,
    &resize_shadow_storage::SPEC,
    &restart_agent_service::SPEC,
    &restart_iscsi_service::SPEC,
    &restart_server::SPEC,
    &restore_internet_access::SPEC,
    &restore_kek::SPEC,
    &restore_on_another_machine::SPEC,
    &retry_later::SPEC,
    &separate_schedules::SPEC,
    &set_agent_proxy::SPEC,
    &set_agent_proxy_credentials::SPEC,
    &set_date_and_time::SPEC,
    &set_execution_policy::SPEC,
    &set_passphrase::SPEC,
    &set_task_account::SPEC,
    &set_time_zone::SPEC,
    &start_agent_service::SPEC,
    &start_iscsi_service::SPEC,
    &start_no_second_instance::SPEC,
    &uninstall_agent::SPEC,
    &unregister_and_register_again::SPEC,
    &unselect_agent_proxy::SPEC,
    &update_agent::SPEC,
    &update_backup_items::SPEC,
    &update_iscsi_driver::SPEC,
    &use_another_browser::SPEC,
    &use_first_passphrase::SPEC,
];

/// The remedy with this name.
pub fn remedy(name: &str) -> Option<&'static ActionSpec<dyn Remedy>> {
    REMEDIES.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests;
