use marslab_model::Name;
use marslab_model::host::DeviceInfo;
use marslab_model::world::DeviceStatus;

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

const INITIATOR: &str = r"ROOT\ISCSIPRT\0000";

fn device(change: impl FnOnce(&mut DeviceInfo)) -> Machine {
    let mut machine = Machine::healthy();
    change(machine.devices.get_mut(&Name::new(INITIATOR)).unwrap());
    machine
}

fn strip(device: &mut DeviceInfo) {
    device.name = "Unknown Device".to_owned();
    device.class.clear();
    device.status = DeviceStatus::Problem;
}

#[test]
fn an_unknown_device_in_its_place_is_found() {
    assert_cause(&look(&RULE, device(strip)), "iscsi-device-missing", None, "update-iscsi-driver");
}

#[test]
fn no_device_at_all_is_found() {
    let seen = look(&RULE, Machine::healthy().with(|machine| machine.devices.clear()));
    assert_cause(&seen, "iscsi-device-missing", None, "update-iscsi-driver");
}

#[test]
fn a_stuck_device_wants_a_restart() {
    let seen = look(&RULE, device(|device| device.status = DeviceStatus::RestartNeeded));
    assert_cause(&seen, "device-stuck-until-restart", None, "restart-server");
}

#[test]
fn a_device_that_cannot_start_wants_another_machine() {
    let seen = look(&RULE, device(|device| device.status = DeviceStatus::Problem));
    assert_cause(&seen, "device-fails-after-restart", None, "restore-on-another-machine");
}

#[test]
fn a_second_unknown_device_and_another_language_do_not_matter() {
    let second = Machine::healthy().with(|machine| {
        let mut unknown = machine.devices[&Name::new(INITIATOR)].clone();
        strip(&mut unknown);
        machine.devices.insert(Name::new(r"ROOT\AAA\0000"), unknown);
    });
    assert_silent(&look(&RULE, second));
    let japanese = "Microsoft iSCSI イニシエーター";
    assert_silent(&look(&RULE, device(|device| device.name = japanese.to_owned())));
}
