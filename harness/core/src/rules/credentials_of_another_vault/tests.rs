use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{CREDENTIALS, Machine, assert_cause, assert_silent, credentials_xml, look};

fn with_file_of(machine: Machine, vault: &str) -> Machine {
    machine.file(CREDENTIALS, &credentials_xml(vault))
}

#[test]
fn a_file_of_another_vault_is_found() {
    let seen = look(&RULE, with_file_of(Machine::healthy(), "vault-west"));
    let cause = "credentials-of-another-vault";
    assert_cause(&seen, cause, Some("vault-west"), "download-new-credentials");
}

#[test]
fn a_server_that_is_not_registered_takes_any() {
    assert_silent(&look(&RULE, with_file_of(Machine::unregistered(), "vault-west")));
    assert_silent(&look(&RULE, with_file_of(Machine::healthy(), "VAULT-EAST")));
    let other = Machine::healthy().value(CONFIG_KEY, "ServiceResourceName", "vault-west");
    assert_silent(&look(&RULE, with_file_of(other, "vault-west")));
    assert_silent(&look(&RULE, Machine::healthy().file(CREDENTIALS, "rubbish")));
}
