//! The remedies: what the articles tell the administrator to do, one file each.
//!
//! A new remedy is one file here, like a fault: parameters, `impl Remedy`, and a `KIND` in [`REMEDIES`]. It is written
//! from the article and never undoes a fault by name. Its name is the id in the catalogue.

use crate::action_spec::Kind;
use crate::remedy::Remedy;

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

#[cfg(test)]
mod tests;
