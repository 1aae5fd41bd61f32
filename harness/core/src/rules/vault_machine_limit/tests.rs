use marslab_model::Unchecked;

use super::RULE;
use crate::facts::areas;
use crate::portal::Portal;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look_during};

fn look(machines: &[(&str, u64)]) -> RuleOutput {
    let machines = machines.iter().map(|(vault, count)| ((*vault).to_owned(), *count)).collect();
    look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { machines, ..Portal::default() });
    })
}

#[test]
fn a_full_vault_is_found() {
    for count in [50, 51] {
        let seen = look(&[("vault-east", count), ("vault-west", 49)]);
        let remedy = "remove-machine-from-vault";
        assert_cause(&seen, "vault-machine-limit", Some("vault-east"), remedy);
    }
}

#[test]
fn one_with_room_is_fine() {
    assert_silent(&look(&[("vault-east", 49)]));
    assert_silent(&look(&[]));
}

#[test]
fn without_an_answer_nobody_knows() {
    assert_unchecked(&look_during(&RULE, RULE.during[0], Machine::healthy(), |_| {}), areas::VAULT);
    let unchecked = Unchecked { what: areas::VAULT.to_owned(), because: "401".to_owned() };
    let seen = look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { unchecked: vec![unchecked], ..Portal::default() });
    });
    assert_unchecked(&seen, areas::VAULT);
}
