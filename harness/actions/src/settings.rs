//! The settings: healthy backgrounds that a scenario can be played before, one file each.
//!
//! A new setting is one file here, like a fault: parameters, `impl Setting`, and a `KIND` in [`SETTINGS`]. On a world
//! with any settings everything works. What breaks one world and is harmless in another is a fault that is a setting as
//! well, with an entry of its own beside the fault's.

use crate::action_spec::Kind;
use crate::faults::{dotnet_version, tls_version_off};
use crate::setting::Setting;

mod agent_version;
mod another_proxy;
mod another_service;
mod behind_proxy;
mod credentials_valid;
mod data_volume;
mod network_drive;
mod offline_backup;
mod registered_before;
mod second_trigger;
mod server_backup;
mod time_zone;
mod tls_required;
mod trusted_sites;

/// Every setting, in the order in which a scenario's settings are made.
pub const SETTINGS: &[&Kind<dyn Setting>] = &[
    &agent_version::KIND,
    &another_proxy::KIND,
    &another_service::KIND,
    &behind_proxy::KIND,
    &credentials_valid::KIND,
    &data_volume::KIND,
    &dotnet_version::SETTING,
    &network_drive::KIND,
    &offline_backup::KIND,
    &registered_before::KIND,
    &second_trigger::KIND,
    &server_backup::KIND,
    &time_zone::KIND,
    &tls_required::KIND,
    &tls_version_off::SETTING,
    &trusted_sites::KIND,
];

/// The setting with this name.
pub fn setting(name: &str) -> Option<&'static Kind<dyn Setting>> {
    SETTINGS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests;
