use marslab_model::Name;
use marslab_model::host::ServiceInfo;
use marslab_model::world::{ServiceState, StartType};

use super::RULE;
use crate::facts::AGENT_SERVICE;
use crate::facts::areas;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn with(state: ServiceState, start: StartType) -> Machine {
    Machine::healthy().with(|machine| {
        let other = machine.services[&Name::new(AGENT_SERVICE)].clone();
        machine.services.insert(Name::new("VSS"), ServiceInfo { state, start, ..other });
    })
}

#[test]
fn a_disabled_service_is_found() {
    for state in [ServiceState::Stopped, ServiceState::Running] {
        let seen = look(&RULE, with(state, StartType::Disabled));
        let (cause, remedy) = ("shadow-copy-service-disabled", "enable-shadow-copy-service");
        assert_cause(&seen, cause, Some("VSS"), remedy);
    }
}

#[test]
fn one_that_can_be_started_is_fine() {
    assert_silent(&look(&RULE, with(ServiceState::Stopped, StartType::Manual)));
    let gone = Machine::healthy().with(|it| drop(it.services.remove(&Name::new("VSS"))));
    assert_unchecked(&look(&RULE, gone), areas::MACHINE);
}
