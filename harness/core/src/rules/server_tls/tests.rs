use marslab_model::Operation;
use marslab_model::world::TlsVersion::{V1_0, V1_1, V1_3};

use super::RULE;
use crate::facts::areas;
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::testing::survey::SurveyFixture;
use crate::testing::{Machine, assert_cause, assert_silent, look_at, look_during};

const HOST: &str = "login.windows.net";

#[track_caller]
fn check(seen: &RuleOutput, evidence: &str, unchecked: &[&str]) {
    assert_cause(seen, "server-without-tls-1.2", Some(HOST), "correct-server-tls-versions");
    assert_eq!(seen.findings[0].evidence[1], evidence);
    let areas: Vec<&str> = seen.unchecked.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(areas, unchecked);
}

#[test]
fn a_server_with_newer_or_older_versions_only_is_found() {
    let direct = || SurveyFixture::direct();
    check(&look_at(&RULE, direct().taking(&[(HOST, &[V1_3])])), "it takes TLS 1.3", &[]);
    let old = look_at(&RULE, direct().taking(&[(HOST, &[V1_0, V1_1])]));
    check(&old, "it takes TLS 1.0, TLS 1.1", &[areas::REQUIRED_HOSTS]);
    let proxied = SurveyFixture::proxied(Source::Agent).taking(&[(HOST, &[])]);
    let seen = look_at(&RULE, proxied);
    check(&seen, "it takes no other version that could be tried", &[areas::REQUIRED_HOSTS]);
}

#[test]
fn of_the_portals_hosts_the_portal_is_left_unchecked() {
    let network = SurveyFixture::portal().taking(&[(HOST, &[V1_0])]);
    let portal = Operation::DownloadCredentials;
    let seen = look_during(&RULE, portal, Machine::healthy(), |scene| scene.network = network);
    check(&seen, "it takes TLS 1.0", &[areas::PORTAL]);
}

#[test]
fn a_server_that_takes_it_is_fine() {
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
}
