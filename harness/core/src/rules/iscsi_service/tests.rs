use marslab_model::Name;
use marslab_model::world::{Service, ServiceState};

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

fn service(name: &str, change: impl FnOnce(&mut Service)) -> Machine {
    let mut machine = Machine::healthy();
    change(machine.services.get_mut(&Name::new(name)).unwrap());
    machine
}

#[test]
fn a_stopped_service_is_found() {
    let seen = look(&RULE, service("msiscsi", |service| service.state = ServiceState::Stopped));
    assert_cause(&seen, "iscsi-service-stopped", None, "start-iscsi-service");
}

#[test]
fn a_service_that_does_not_answer_is_found() {
    let seen = look(&RULE, service("MSiSCSI", |service| service.responding = false));
    assert_cause(&seen, "iscsi-service-hung", None, "restart-iscsi-service");
}

#[test]
fn another_service_does_not_matter() {
    assert_silent(&look(
        &RULE,
        service("obengine", |service| service.state = ServiceState::Stopped),
    ));
}

#[test]
fn a_machine_without_the_service_is_not_judged() {
    assert_unchecked(&look(&RULE, Machine::healthy().with(|machine| machine.services.clear())));
}
