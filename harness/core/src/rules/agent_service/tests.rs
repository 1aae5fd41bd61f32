use marslab_model::Name;
use marslab_model::world::{Service, ServiceState};

use super::RULE;
use crate::facts::AGENT_SERVICE;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn service(change: impl FnOnce(&mut Service)) -> Machine {
    let mut machine = Machine::healthy();
    change(machine.services.get_mut(&Name::new(AGENT_SERVICE)).unwrap());
    machine
}

#[test]
fn a_stopped_service_is_found() {
    let seen = look(&RULE, service(|service| service.state = ServiceState::Stopped));
    assert_cause(&seen, "agent-service-stopped", Some("obengine"), "start-agent-service");
    let seen = look(
        &RULE,
        service(|service| {
            service.state = ServiceState::Stopped;
            service.responding = false;
        }),
    );
    assert_cause(&seen, "agent-service-stopped", Some("obengine"), "start-agent-service");
}

#[test]
fn a_service_that_does_not_answer_is_found() {
    let seen = look(&RULE, service(|service| service.responding = false));
    assert_cause(&seen, "agent-service-needs-restart", Some("obengine"), "restart-agent-service");
}

#[test]
fn another_service_does_not_matter() {
    assert_silent(&look(&RULE, Machine::healthy()));
    let other = Machine::healthy().with(|machine| {
        machine.services.get_mut(&Name::new("MSiSCSI")).unwrap().state = ServiceState::Stopped;
    });
    assert_silent(&look(&RULE, other));
}

#[test]
fn a_machine_without_the_service_is_not_judged() {
    assert_unchecked(&look(&RULE, Machine::healthy().with(|machine| machine.services.clear())));
}
