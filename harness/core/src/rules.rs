//! The rules, and what they make of a scene.

use std::collections::BTreeSet;

use marslab_model::{Diagnosis, Operation};

use crate::rule_output::RuleOutput;
use crate::scene::Scene;

// In full, not by the macro: tools that read without expanding, as cargo-mutants does, follow these lines.
mod agent_access;
mod agent_older_than_credentials;
mod agent_on_azure_vm;
mod agent_outdated;
mod agent_proxy_form;
mod agent_service;
mod agent_sign_in_retired;
mod agent_unsupported;
mod antivirus;
mod azure_powershell;
mod browser_cache;
mod clock;
mod controlled_folders;
mod credentials_damaged;
mod credentials_expired;
mod credentials_misnamed;
mod credentials_of_another_vault;
mod credentials_on_network;
mod credentials_superseded;
mod credentials_unreadable;
mod dotnet_outdated;
mod download_blocked;
mod drive_unsupported;
mod earlier_registration;
mod execution_policy;
mod file_attributes;
mod file_download;
mod file_held;
mod file_sync_driver;
mod hosts_entry;
mod inspection;
mod iscsi_device;
mod iscsi_service;
mod item_missing;
mod kek_missing;
mod machine_certificate;
mod module_files;
mod module_path;
mod mount_stuck;
mod name_unresolved;
mod network_blocked;
mod network_lost;
mod newer_tls_disabled;
mod os_edition;
mod os_outdated;
mod passphrase_corrupt;
mod passphrase_differs;
mod passphrase_missing;
mod permission_missing;
mod powershell_outdated;
mod proxy_authentication;
mod proxy_bypass;
mod proxy_dead;
mod proxy_refuses;
mod public_access;
mod recovery_blocked;
mod recovery_broken;
mod registration_lost;
mod root_missing;
mod schedule_conflict;
mod scratch_attributes;
mod scratch_folder_missing;
mod scratch_moved;
mod scratch_space;
mod server_certificate;
mod server_renamed;
mod server_tls;
mod service_error;
mod shadow_copy_service;
mod shadow_storage;
mod subscription;
mod task_account;
mod task_instances;
mod task_trigger;
mod temp_files;
mod tls_disabled;
mod unreadable_files;
mod vault_differs;
mod vault_machine_limit;

/// One thing that the core can see.
pub(crate) struct Rule {
    /// For which operations it matters.
    pub(crate) during: &'static [Operation],
    /// Looks.
    pub(crate) look: fn(&Scene<'_>) -> RuleOutput,
}

/// What is wrong in a scene, sorted, each thing once.
pub(crate) fn judge(scene: &Scene<'_>) -> Diagnosis {
    let (mut findings, mut unchecked) = (BTreeSet::new(), BTreeSet::new());
    for rule in TABLE.iter().filter(|rule| rule.during.contains(&scene.operation)) {
        let seen = (rule.look)(scene);
        findings.extend(seen.findings);
        unchecked.extend(seen.unchecked);
    }
    Diagnosis {
        findings: findings.into_iter().collect(),
        unchecked: unchecked.into_iter().collect(),
        ..Diagnosis::healthy()
    }
}

/// Declares the table of the rules.
macro_rules! table {
    ($($rule:ident,)*) => {
        /// Every rule.
        pub(crate) const TABLE: &[Rule] = &[$($rule::RULE,)*];
    };
}

table! {
    agent_access,
    agent_older_than_credentials,
    agent_on_azure_vm,
    agent_outdated,
    agent_proxy_form,
    agent_service,
    agent_sign_in_retired,
    agent_unsupported,
    antivirus,
    azure_powershell,
    browser_cache,
    clock,
    controlled_folders,
    credentials_damaged,
    credentials_expired,
    credentials_misnamed,
    credentials_of_another_vault,
    credentials_on_network,
    credentials_superseded,
    credentials_unreadable,
    dotnet_outdated,
    download_blocked,
    drive_unsupported,
    earlier_registration,
    execution_policy,
    file_attributes,
    file_download,
    file_held,
    file_sync_driver,
    hosts_entry,
    inspection,
    iscsi_device,
    iscsi_service,
    item_missing,
    kek_missing,
    machine_certificate,
    module_files,
    module_path,
    mount_stuck,
    name_unresolved,
    network_blocked,
    network_lost,
    newer_tls_disabled,
    os_edition,
    os_outdated,
    passphrase_corrupt,
    passphrase_differs,
    passphrase_missing,
    permission_missing,
    powershell_outdated,
    proxy_authentication,
    proxy_bypass,
    proxy_dead,
    proxy_refuses,
    public_access,
    recovery_blocked,
    recovery_broken,
    registration_lost,
    root_missing,
    schedule_conflict,
    scratch_attributes,
    scratch_folder_missing,
    scratch_moved,
    scratch_space,
    server_certificate,
    server_renamed,
    server_tls,
    service_error,
    shadow_copy_service,
    shadow_storage,
    subscription,
    task_account,
    task_instances,
    task_trigger,
    temp_files,
    tls_disabled,
    unreadable_files,
    vault_differs,
    vault_machine_limit,
}

/// Whatever the agent does on the machine: everything but the portal's download.
const AGENT: &[Operation] = &[
    Operation::Register,
    Operation::SetPassphrase,
    Operation::Activate,
    Operation::Backup,
    Operation::ScheduledBackup,
    Operation::Restore,
];

/// What needs the key and the scratch folder.
const WITH_KEY: &[Operation] =
    &[Operation::Activate, Operation::Backup, Operation::ScheduledBackup];

/// What sets the key, and what needs it.
const AFTER_REGISTERING: &[Operation] =
    &[Operation::SetPassphrase, Operation::Activate, Operation::Backup, Operation::ScheduledBackup];

/// What a registered server does.
const REGISTERED: &[Operation] = &[
    Operation::SetPassphrase,
    Operation::Activate,
    Operation::Backup,
    Operation::ScheduledBackup,
    Operation::Restore,
];

/// What the agent does, and the portal, which is last: tests take the first.
const EVERYTHING: &[Operation] = &[
    Operation::Register,
    Operation::SetPassphrase,
    Operation::Activate,
    Operation::Backup,
    Operation::ScheduledBackup,
    Operation::Restore,
    Operation::DownloadCredentials,
];

/// What turns a vault credentials file into a registration.
const REGISTERING: &[Operation] = &[Operation::Register];

/// What sets the key with the vault, and what needs it set.
const KEYING: &[Operation] = &[Operation::SetPassphrase, Operation::Activate];

/// What copies the selected files.
pub(crate) const COPYING: &[Operation] = &[Operation::Backup, Operation::ScheduledBackup];

/// What the Task Scheduler starts.
const SCHEDULED: &[Operation] = &[Operation::ScheduledBackup];

/// What mounts a volume over iSCSI.
const RESTORING: &[Operation] = &[Operation::Restore];

/// What a user does in the portal.
const PORTAL: &[Operation] = &[Operation::DownloadCredentials];

#[cfg(test)]
mod tests;
