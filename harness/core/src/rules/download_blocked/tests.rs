use marslab_model::DialError;

use super::RULE;
use crate::facts::areas;
use crate::survey::{Access, Death, Reach, Survey, Without};
use crate::testing::survey::{DROPPED, PROXY, SurveyFixture};
use crate::testing::{assert_cause, assert_silent, assert_unchecked, look_at};

#[test]
fn each_host_of_the_portal_is_found() {
    for host in ["login.microsoftonline.com", "management.azure.com"] {
        let seen = look_at(&RULE, SurveyFixture::portal().name(host, DROPPED).survey());
        assert_cause(&seen, "firewall-blocks-download", Some(host), "allow-at-firewall");
        let seen = look_at(&RULE, SurveyFixture::portal().name(host, Reach::Refused(403)).survey());
        assert_cause(&seen, "firewall-blocks-download", Some(host), "allow-at-proxy");
    }
}

#[test]
fn who_blocks_both_is_found() {
    for reach in [Reach::Refused(403), DROPPED] {
        let seen = look_at(&RULE, SurveyFixture::portal().everything(reach).survey());
        assert_eq!(seen.findings.len(), 2);
    }
}

#[test]
fn a_portal_that_is_reached_is_fine() {
    assert_silent(&look_at(&RULE, SurveyFixture::portal().survey()));
}

#[test]
fn behind_a_dead_proxy_nobody_knows() {
    let proxy = PROXY.parse().unwrap();
    let death = Death::Dial(DialError::Refused);
    let access = Access::ProxyDead { proxy, death, without: Without::Fails };
    assert_unchecked(&look_at(&RULE, Survey { access, ..Survey::default() }), areas::PORTAL);
}
