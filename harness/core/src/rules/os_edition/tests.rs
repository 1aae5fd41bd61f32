use super::RULE;
use crate::facts::INSTALLATION_TYPE;
use crate::testing::{Machine, assert_advice, assert_silent, look};

#[test]
fn an_edition_without_a_desktop_is_advised_against() {
    let (key, name) = INSTALLATION_TYPE;
    for edition in ["Server Core", "server core", "Nano Server"] {
        let seen = look(&RULE, Machine::healthy().value(key, name, edition));
        let (cause, remedy) = ("os-edition-unsupported", "move-to-desktop-experience");
        assert_advice(&seen, cause, Some(edition), remedy);
    }
}

#[test]
fn servers_with_one_and_clients_are_fine() {
    let (key, name) = INSTALLATION_TYPE;
    for edition in ["Server", "Client"] {
        assert_silent(&look(&RULE, Machine::healthy().value(key, name, edition)));
    }
    assert_silent(&look(&RULE, Machine::healthy()));
}
