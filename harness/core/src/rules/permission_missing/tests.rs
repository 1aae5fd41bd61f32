use super::RULE;
use crate::portal::Portal;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, look_during};

fn look(denied: &[&str]) -> RuleOutput {
    let denied = denied.iter().map(|action| (*action).to_owned()).collect();
    look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { denied, ..Portal::default() });
    })
}

#[test]
fn the_first_denied_action_is_named() {
    let seen = look(&["A/b/write", "A/c/write"]);
    assert_cause(&seen, "permission-missing", Some("A/b/write"), "grant-backup-role");
}

#[test]
fn a_user_who_may_is_fine() {
    assert_silent(&look(&[]));
    assert_silent(&look_during(&RULE, RULE.during[0], Machine::healthy(), |_| {}));
}
