use marslab_model::DialError;

use super::RULE;
use crate::proxy::{Proxy, Source};
use crate::survey::{Access, Death, Survey, Without};
use crate::testing::survey::{PROXY, SurveyFixture};
use crate::testing::{assert_cause, assert_silent, look_at};

#[track_caller]
fn check(source: Source, death: Death, without: Without, cause: &str, remedy: &str) {
    let address = PROXY.parse().unwrap();
    let access = Access::ProxyDead { proxy: PROXY.parse().unwrap(), death, without };
    let proxy = Some(Proxy::plain(address, source));
    let seen = look_at(&RULE, Survey { proxy, access, ..Survey::default() });
    let about = (cause != "no-internet").then_some(PROXY);
    assert_cause(&seen, cause, about, remedy);
    assert_eq!(seen.unchecked.len(), 1);
}

const REFUSED: Death = Death::Dial(DialError::Refused);

const NOBODY: [Death; 4] = [
    Death::Dial(DialError::TimedOut),
    Death::Dial(DialError::Unreachable),
    Death::Dial(DialError::NoSuchHost),
    Death::Dial(DialError::Reset),
];

#[test]
fn a_host_that_refuses_or_speaks_otherwise_has_another_port() {
    for death in [REFUSED, Death::NoHttp] {
        for without in [Without::Works, Without::NeedsAnother, Without::Fails] {
            let cause = "proxy-port-wrong";
            check(Source::System, death, without, cause, "correct-system-proxy");
            check(Source::Agent, death, without, cause, "set-agent-proxy");
        }
    }
}

#[test]
fn where_nothing_is_the_address_is_wrong() {
    for death in NOBODY {
        let cause = "proxy-ip-wrong";
        check(Source::System, death, Without::NeedsAnother, cause, "correct-system-proxy");
        check(Source::Agent, death, Without::NeedsAnother, cause, "set-agent-proxy");
    }
}

#[test]
fn where_nothing_answers_at_all_the_network_ends() {
    for (death, source) in NOBODY.into_iter().zip([Source::System, Source::Agent].iter().cycle()) {
        let cause = "no-internet";
        check(source.clone(), death, Without::Fails, cause, "restore-internet-access");
    }
}

#[test]
fn a_network_that_works_without_has_none() {
    for death in NOBODY {
        let cause = "proxy-set-without-proxy";
        check(Source::System, death, Without::Works, cause, "remove-system-proxy");
        check(Source::Agent, death, Without::Works, cause, "unselect-agent-proxy");
    }
}

#[test]
fn a_proxy_that_lives_and_none_at_all_are_fine() {
    assert_silent(&look_at(&RULE, SurveyFixture::proxied(Source::Agent).survey()));
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
}
