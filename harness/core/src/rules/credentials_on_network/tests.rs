use marslab_model::world::VolumeKind;
use marslab_model::{Name, Operation};

use super::RULE;
use crate::facts::DOWNLOADS_ID;
use crate::rule_output::RuleOutput;
use crate::testing::{
    ADMIN_HIVE, CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, credentials_xml,
    look_during,
};

const SHARED: &str = r"Z:\vault-east_Mon Jun 03 2019.VaultCredentials";
const REMEDY: &str = "copy-credentials-to-local-disk";

fn register(machine: Machine) -> RuleOutput {
    look_during(&RULE, Operation::Register, machine, |_| {})
}

fn with_drive(kind: VolumeKind, modified: &str) -> Machine {
    let machine = Machine::unregistered().with(|machine| {
        let mut volume = machine.volumes[&Name::new("D:")].clone();
        volume.kind = kind;
        machine.volumes.insert(Name::new("Z:"), volume);
    });
    machine.dated_file(SHARED, &credentials_xml("vault-east"), modified)
}

#[test]
fn a_file_on_a_drive_that_is_a_share_is_found() {
    let seen = register(with_drive(VolumeKind::Network, "2019-06-03T08:00:01Z"));
    assert_cause(&seen, "credentials-on-network-path", Some(SHARED), REMEDY);
    let seen = register(with_drive(VolumeKind::Network, ISSUED).without_file(CREDENTIALS));
    assert_cause(&seen, "credentials-on-network-path", Some(SHARED), REMEDY);
}

#[test]
fn a_folder_for_downloads_on_a_share_is_found() {
    let key = format!(
        r"{ADMIN_HIVE}\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    );
    let shared = r"\\FS01\home\Downloads\vault-east_Mon Jun 03 2019.VaultCredentials";
    let machine = Machine::unregistered().value(&key, DOWNLOADS_ID, r"\\FS01\home\Downloads");
    let machine = machine.dated_file(shared, &credentials_xml("vault-east"), ISSUED);
    let seen = register(machine);
    assert_cause(&seen, "credentials-on-network-path", Some(shared), REMEDY);
    let usual = Machine::unregistered().value(&key, DOWNLOADS_ID, r"%USERPROFILE%\Downloads");
    assert_silent(&register(usual));
}

#[test]
fn a_local_file_is_picked_from_two_of_one_age() {
    assert_silent(&register(with_drive(VolumeKind::Network, ISSUED)));
    assert_silent(&register(with_drive(VolumeKind::Fixed, "2019-06-03T08:00:01Z")));
}

#[test]
fn a_registered_server_does_not_need_it() {
    let machine = with_drive(VolumeKind::Network, "2019-06-03T08:00:01Z");
    let machine = machine.value(crate::facts::CONFIG_KEY, "MachineId", "1");
    assert_silent(&look_during(&RULE, Operation::Backup, machine, |_| {}));
}
