use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn registered_as(name: &str) -> Machine {
    Machine::healthy().value(CONFIG_KEY, "ServerName", name)
}

#[test]
fn another_name_is_found() {
    let seen = look(&RULE, registered_as("SRV07.contoso.example"));
    assert_cause(&seen, "server-renamed", Some("SRV01.contoso.example"), "rename-server");
}

#[test]
fn the_same_name_is_fine_in_any_case() {
    assert_silent(&look(&RULE, registered_as("srv01.CONTOSO.example")));
    assert_silent(&look(&RULE, Machine::healthy()));
    let unregistered = Machine::unregistered().value(CONFIG_KEY, "ServerName", "SRV07");
    assert_silent(&look(&RULE, unregistered));
}
