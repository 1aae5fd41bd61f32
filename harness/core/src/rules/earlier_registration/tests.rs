use marslab_model::{Name, Unchecked};

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::facts::areas;
use crate::portal::Portal;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look_during};

fn look(machine: Machine, containers: &[&str]) -> RuleOutput {
    let containers = containers.iter().map(|name| Name::new(*name)).collect();
    look_during(&RULE, RULE.during[0], machine, |scene| {
        scene.portal = Some(Portal { containers: Some(containers), ..Portal::default() });
    })
}

#[test]
fn an_entry_that_is_only_in_the_vault_is_found() {
    let seen = look(Machine::unregistered(), &["srv01.contoso.example", "srv02.contoso.example"]);
    let name = Some("SRV01.contoso.example");
    assert_cause(&seen, "machine-still-in-vault", name, "remove-machine-from-vault");
}

#[test]
fn a_registration_that_is_only_on_the_server_is_found() {
    let seen = look(Machine::healthy(), &["srv02.contoso.example"]);
    assert_cause(&seen, "earlier-agent-installed", None, "uninstall-agent");
}

#[test]
fn both_or_neither_is_fine() {
    assert_silent(&look(Machine::healthy(), &["SRV01.contoso.example"]));
    assert_silent(&look(Machine::unregistered(), &["srv02.contoso.example", "srv01"]));
}

#[test]
fn a_registration_with_another_vault_is_another_matter() {
    let other = Machine::healthy().value(CONFIG_KEY, "ServiceResourceName", "vault-west");
    assert_silent(&look(other, &[]));
}

#[test]
fn without_the_portal_nobody_knows() {
    assert_unchecked(
        &look_during(&RULE, RULE.during[0], Machine::unregistered(), |_| {}),
        areas::VAULT,
    );
    let unchecked = Unchecked { what: areas::VAULT.to_owned(), because: "404".to_owned() };
    let seen = look_during(&RULE, RULE.during[0], Machine::unregistered(), |scene| {
        scene.portal = Some(Portal { unchecked: vec![unchecked], ..Portal::default() });
    });
    assert_unchecked(&seen, areas::VAULT);
}
