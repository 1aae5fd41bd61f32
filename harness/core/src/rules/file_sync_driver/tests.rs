use marslab_model::Name;
use marslab_model::host::ServiceInfo;
use marslab_model::world::ServiceState;

use super::RULE;
use crate::facts::AGENT_SERVICE;
use crate::facts::areas;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn with(version: Option<&str>, state: ServiceState) -> Machine {
    Machine::healthy().with(|machine| {
        let other = machine.services[&Name::new(AGENT_SERVICE)].clone();
        machine.services.insert(Name::new("StorageSync"), ServiceInfo { state, ..other });
        if let Some(version) = version {
            machine.software.insert(Name::new("Azure File Sync Agent"), version.to_owned());
        }
    })
}

#[test]
fn a_loaded_driver_of_an_old_version_is_found() {
    let seen = look(&RULE, with(Some("4.3.0.0"), ServiceState::Running));
    let (cause, remedy) = ("file-sync-driver-incompatible", "disable-file-sync-driver");
    assert_cause(&seen, cause, Some("StorageSync.sys"), remedy);
}

#[test]
fn others_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, with(Some("4.3.0.0"), ServiceState::Stopped)));
    assert_silent(&look(&RULE, with(Some("5.0.0.0"), ServiceState::Running)));
    assert_unchecked(&look(&RULE, with(None, ServiceState::Running)), areas::MACHINE);
}
