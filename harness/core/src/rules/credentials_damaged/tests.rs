use marslab_model::host::FileError;
use marslab_model::{Operation, WinPath};

use super::RULE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::testing::{
    CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, assert_unchecked, credentials_xml,
    look_during,
};

fn register(machine: Machine) -> RuleOutput {
    look_during(&RULE, Operation::Register, machine, |_| {})
}

#[test]
fn a_damaged_file_is_found_before_and_after_a_registration() {
    for machine in [Machine::unregistered(), Machine::healthy()] {
        let seen = register(machine.dated_file(CREDENTIALS, "<RSBackupVaultAADCreds>", ISSUED));
        let remedy = "download-new-credentials";
        assert_cause(&seen, "credentials-corrupt", Some(CREDENTIALS), remedy);
    }
}

#[test]
fn a_sound_file_is_fine() {
    assert_silent(&register(Machine::unregistered()));
}

#[test]
fn a_damaged_file_that_a_registered_server_does_not_need_is_fine() {
    let machine = Machine::healthy().dated_file(CREDENTIALS, "damaged", ISSUED);
    assert_silent(&look_during(&RULE, Operation::Backup, machine, |_| {}));
}

#[test]
fn only_the_newest_file_counts() {
    let older = CREDENTIALS.replace("Mon Jun 03", "Sun Jun 02");
    let machine = Machine::unregistered().dated_file(&older, "damaged", "2019-06-02T08:00:00Z");
    assert_silent(&register(machine));
    let newer = CREDENTIALS.replace("east_Mon", "west_Mon");
    let machine = Machine::unregistered().dated_file(&newer, "damaged", "2019-06-03T08:00:01Z");
    assert_cause(
        &register(machine),
        "credentials-corrupt",
        Some(&newer),
        "download-new-credentials",
    );
}

#[test]
fn other_files_are_left_alone() {
    let other = CREDENTIALS.replace(".VaultCredentials", ".txt");
    let machine = Machine::unregistered().dated_file(&other, "damaged", "2019-06-03T08:30:00Z");
    assert_silent(&register(machine));
    let shouting = CREDENTIALS.to_uppercase();
    let machine = Machine::unregistered().without_file(CREDENTIALS);
    assert_silent(&register(machine.dated_file(&shouting, &credentials_xml("vault-east"), ISSUED)));
}

#[test]
fn a_file_that_cannot_be_read_and_none_at_all_are_not_judged() {
    assert_silent(&register(Machine::unregistered().without_file(CREDENTIALS)));
    let locked = Machine::unregistered().with(|machine| {
        machine.unreadable.insert(WinPath::new(CREDENTIALS), FileError::AccessDenied);
    });
    assert_unchecked(&register(locked), areas::CREDENTIALS_FILE);
}
