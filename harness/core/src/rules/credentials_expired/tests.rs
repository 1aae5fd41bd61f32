use jiff::SignedDuration;
use marslab_model::Operation;

use super::RULE;
use crate::rule_output::RuleOutput;
use crate::survey::{Clock, Survey};
use crate::testing::{CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, look_during};

fn register(machine: Machine) -> RuleOutput {
    look_during(&RULE, Operation::Register, machine, |_| {})
}

fn seconds_after_issue(seconds: i64) -> Machine {
    let issued: jiff::Timestamp = ISSUED.parse().unwrap();
    Machine::unregistered().with(|machine| {
        machine.now = issued + SignedDuration::from_secs(seconds);
    })
}

const HOURS_48: i64 = 48 * 3_600;

#[test]
fn a_file_is_good_for_48_hours() {
    assert_silent(&register(seconds_after_issue(HOURS_48 - 1)));
    assert_silent(&register(seconds_after_issue(HOURS_48)));
    let seen = register(seconds_after_issue(HOURS_48 + 1));
    let remedy = "download-new-credentials";
    assert_cause(&seen, "credentials-expired", Some(CREDENTIALS), remedy);
}

#[test]
fn a_registered_server_does_not_need_it_again() {
    let old = Machine::healthy().later(24 * 30);
    assert_silent(&look_during(&RULE, Operation::Backup, old.clone(), |_| {}));
    let remedy = "download-new-credentials";
    assert_cause(&register(old), "credentials-expired", Some(CREDENTIALS), remedy);
}

#[test]
fn a_clock_that_runs_ahead_makes_no_file_old() {
    let machine = Machine::unregistered().later(24 * 10);
    let clock = Clock { server: ISSUED.parse().unwrap(), machine: machine.now };
    let network = Survey { clock: Some(clock), ..Survey::default() };
    let seen = look_during(&RULE, Operation::Register, machine, |scene| scene.network = network);
    assert_silent(&seen);
}

#[test]
fn a_damaged_file_is_not_an_old_one() {
    let machine = Machine::unregistered().later(24 * 10);
    assert_silent(&register(machine.dated_file(CREDENTIALS, "damaged", ISSUED)));
}
