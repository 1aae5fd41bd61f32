use marslab_model::Name;
use marslab_model::world::ServiceState;

use super::RULE;
use crate::facts::areas;
use crate::facts::{AGENT_SERVICE, ISCSI_SERVICE};
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn stopped(name: &str) -> Machine {
    let mut machine = Machine::healthy();
    machine.services.get_mut(&Name::new(name)).unwrap().state = ServiceState::Stopped;
    machine
}

fn hung(machine: Machine, name: &str) -> Machine {
    machine.with(|machine| machine.hung = [Name::new(name)].into())
}

#[test]
fn a_stopped_service_is_found() {
    for machine in [stopped(AGENT_SERVICE), hung(stopped(AGENT_SERVICE), AGENT_SERVICE)] {
        let seen = look(&RULE, machine);
        assert_cause(&seen, "agent-service-stopped", Some("obengine"), "start-agent-service");
    }
}

#[test]
fn a_service_that_does_not_answer_is_found() {
    let seen = look(&RULE, hung(Machine::healthy(), AGENT_SERVICE));
    assert_cause(&seen, "agent-service-needs-restart", Some("obengine"), "restart-agent-service");
}

#[test]
fn another_service_does_not_matter() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, stopped(ISCSI_SERVICE)));
    assert_silent(&look(&RULE, hung(Machine::healthy(), ISCSI_SERVICE)));
}

#[test]
fn a_machine_without_the_service_is_not_judged() {
    assert_unchecked(
        &look(&RULE, Machine::healthy().with(|machine| machine.services.clear())),
        areas::MACHINE,
    );
}
