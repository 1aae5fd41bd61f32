//! The settings: healthy backgrounds that a scenario can be played before, one file each.
//!
//! A new setting is one file here, like a fault: parameters, `impl Setting`, and a `SPEC` in [`SETTINGS`]. On a world
//! with any settings everything works. What breaks one world and is harmless in another is a fault that is a setting as
//! well, with an entry of its own beside the fault's.

use crate::faults::{dotnet_version, edit, tls_version_off};
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::setting::Setting;

mod agent_version;
mod another_proxy;
mod another_service;
mod azure_cloud;
mod behind_proxy;
mod certificate_valid;
mod credentials_valid;
mod data_volume;
mod dns_zone_endpoint;
mod network_drive;
mod newer_portal;
mod offline_backup;
mod private_endpoint;
mod registered_before;
mod scratch_volume;
mod second_trigger;
mod server_backup;
mod storage_account;
mod time_zone;
mod tls_required;
mod trusted_sites;

/// Every setting, in the order in which a scenario's settings are made.
pub const SETTINGS: &[&ActionSpec<dyn Setting>] = &[
    &agent_version::SPEC,
    &another_proxy::SPEC,
    &another_service::SPEC,
    &azure_cloud::SPEC,
    &behind_proxy::SPEC,
    &certificate_valid::SPEC,
    &credentials_valid::SPEC,
    &data_volume::SPEC,
    &dns_zone_endpoint::SPEC,
    &dotnet_version::SETTING,
    &edit::SETTING,
    &network_drive::SPEC,
    &newer_portal::SPEC,
    &offline_backup::SPEC,
    &private_endpoint::SPEC,
    &registered_before::SPEC,
    &scratch_volume::SPEC,
    &second_trigger::SPEC,
    &server_backup::SPEC,
    &storage_account::SPEC,
    &time_zone::SPEC,
    &tls_required::SPEC,
    &tls_version_off::SETTING,
    &trusted_sites::SPEC,
];

/// The setting with this name.
pub fn setting(name: &str) -> Option<&'static ActionSpec<dyn Setting>> {
    SETTINGS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests;
