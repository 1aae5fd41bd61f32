use marslab_model::Operation;

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{
    CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, credentials_xml, look,
};

const REMEDY: &str = "unregister-and-register-again";

#[test]
fn credentials_of_another_vault_are_found() {
    let machine =
        Machine::healthy().dated_file(CREDENTIALS, &credentials_xml("vault-west"), ISSUED);
    let seen = look(&RULE, machine);
    assert_cause(&seen, "registered-with-another-vault", Some("vault-east"), REMEDY);
}

#[test]
fn a_registry_that_names_another_vault_is_found() {
    let machine = Machine::healthy().value(CONFIG_KEY, "ServiceResourceName", "vault-west");
    let seen = look(&RULE, machine);
    assert_cause(&seen, "registered-with-another-vault", Some("vault-west"), REMEDY);
}

#[test]
fn the_same_vault_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, Machine::healthy().without_file(CREDENTIALS)));
    let shouting = Machine::healthy().value(CONFIG_KEY, "ServiceResourceName", "VAULT-EAST");
    assert_silent(&look(&RULE, shouting));
    assert_silent(&look(&RULE, Machine::unregistered()));
}

#[test]
fn what_needs_no_key_and_no_recovery_point_does_not_ask() {
    assert!(RULE.during.contains(&Operation::Restore));
    assert!(!RULE.during.contains(&Operation::Backup));
    assert!(!RULE.during.contains(&Operation::Register));
}
