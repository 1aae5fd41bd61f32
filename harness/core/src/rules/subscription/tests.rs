use super::RULE;
use crate::portal::Portal;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, look_during};

fn look(state: &str) -> RuleOutput {
    let subscriptions = [("c0ffee00".to_owned(), state.to_owned())].into();
    look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { subscriptions, ..Portal::default() });
    })
}

#[test]
fn a_subscription_out_of_use_is_found() {
    assert_cause(&look("Disabled"), "subscription-disabled", None, "enable-subscription");
    assert_cause(&look("Expired"), "subscription-expired", None, "renew-subscription");
    assert_cause(&look("PastDue"), "subscription-expired", None, "renew-subscription");
}

#[test]
fn one_in_use_is_fine() {
    for state in ["Enabled", "Warned", ""] {
        assert_silent(&look(state));
    }
}
