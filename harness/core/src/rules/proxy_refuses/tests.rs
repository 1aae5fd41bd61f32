use marslab_model::Name;

use super::RULE;
use crate::proxy::Source;
use crate::survey::{Reach, Survey};
use crate::testing::survey::{DROPPED, PROXY, SurveyFixture};
use crate::testing::{ADMIN, assert_cause, assert_silent, look_at};

#[test]
fn a_proxy_that_refuses_everything_is_found() {
    let everything = || SurveyFixture::proxied(Source::System).everything(Reach::Refused(403));
    let seen = look_at(&RULE, everything().survey());
    assert_cause(&seen, "proxy-refuses-connections", Some(PROXY), "allow-at-proxy");
    let by_name = everything().address("*.windows.net", "20.190.129.10", Reach::Passed);
    let seen = look_at(&RULE, by_name.survey());
    assert_cause(&seen, "proxy-refuses-connections", Some(PROXY), "allow-at-proxy");
    let mixed = everything().name("*.WindowsAzure.com", Reach::Silent);
    let seen = look_at(&RULE, mixed.survey());
    assert_cause(&seen, "proxy-refuses-connections", Some(PROXY), "allow-at-proxy");
}

#[test]
fn what_the_proxy_tries_and_does_not_reach_is_not_its_refusal() {
    let everything = SurveyFixture::proxied(Source::System).everything(Reach::Refused(403));
    assert_silent(&look_at(&RULE, everything.name("*.windows.net", Reach::Refused(503)).survey()));
}

#[test]
fn a_proxy_that_resets_everything_is_one_that_answers_for_itself() {
    let resets = SurveyFixture::proxied(Source::System).everything(Reach::Silent);
    let seen = look_at(&RULE, Survey { own_status: Some(400), ..resets.survey() });
    assert_cause(&seen, "proxy-refuses-connections", Some(PROXY), "allow-at-proxy");
    let evidence = &seen.findings[0].evidence;
    assert!(evidence.iter().any(|line| line.ends_with("answered 400")), "{evidence:?}");
}

#[test]
fn a_users_proxy_that_does_not_refuse_shows_what_is_wrong() {
    let user = || Source::User(Name::new(ADMIN));
    let everything = || SurveyFixture::proxied(Source::System).everything(Reach::Refused(403));
    let seen = look_at(&RULE, everything().elsewhere(user(), Reach::Passed).survey());
    assert_cause(&seen, "system-proxy-differs-from-user", None, "correct-system-proxy");
    let seen = look_at(&RULE, everything().elsewhere(user(), Reach::Refused(403)).survey());
    assert_cause(&seen, "proxy-refuses-connections", Some(PROXY), "allow-at-proxy");
}

#[test]
fn one_refusal_among_others_is_another_matter() {
    let one = SurveyFixture::proxied(Source::System).name("*.windows.net", Reach::Refused(403));
    assert_silent(&look_at(&RULE, one.survey()));
    let gateway = SurveyFixture::proxied(Source::System).everything(Reach::Refused(503));
    assert_silent(&look_at(&RULE, gateway.survey()));
    assert_silent(&look_at(&RULE, SurveyFixture::direct().everything(DROPPED).survey()));
}
