use super::RULE;
use crate::portal::Portal;
use crate::testing::{Machine, assert_cause, assert_silent, look_during};

fn look(stale: &[&str]) -> crate::rule_output::RuleOutput {
    let stale = stale.iter().map(|url| (*url).to_owned()).collect();
    look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { stale, ..Portal::default() });
    })
}

#[test]
fn a_refusal_that_outlived_its_reason_is_found_once() {
    let seen = look(&["https://a.example/1", "https://a.example/2"]);
    assert_cause(&seen, "browser-cache-stale", None, "clear-browser-cache");
    assert_eq!(seen.findings[0].evidence.len(), 2);
}

#[test]
fn the_cookie_of_a_lost_session_is_found() {
    let seen = look_during(&RULE, RULE.during[0], Machine::healthy(), |scene| {
        scene.portal = Some(Portal { is_session_lost: true, ..Portal::default() });
    });
    assert_cause(&seen, "browser-cache-stale", None, "clear-browser-cache");
}

#[test]
fn an_empty_cache_is_fine() {
    assert_silent(&look(&[]));
    assert_silent(&look_during(&RULE, RULE.during[0], Machine::healthy(), |_| {}));
}
