use marslab_wire::http::Credentials;

use super::RULE;
use crate::proxy::{Proxy, Source};
use crate::rule_output::RuleOutput;
use crate::survey::{Access, Reach, Survey, of_agent};
use crate::testing::survey::{PROXY, SurveyFixture, needs};
use crate::testing::{assert_cause, assert_silent, look_at};

fn asking(proxy: Proxy) -> Survey {
    let place = of_agent(&needs()).pop().unwrap();
    let access = Access::ProxyAsks { proxy: PROXY.parse().unwrap(), status: 407, place };
    Survey { proxy: Some(proxy), access, ..Survey::default() }
}

#[track_caller]
fn check(seen: &RuleOutput, evidence: &str) {
    let remedy = "set-agent-proxy-credentials";
    assert_cause(seen, "proxy-authentication-required", Some(PROXY), remedy);
    let expected = ["CONNECT login.windows.net:443 answered 407", evidence];
    assert_eq!(seen.findings[0].evidence, expected);
    assert_eq!(seen.unchecked.len(), 1);
}

#[test]
fn a_proxy_that_asks_is_found_whoever_set_it() {
    let plain = |source| Proxy::plain(PROXY.parse().unwrap(), source);
    check(
        &look_at(&RULE, asking(plain(Source::System))),
        "the proxy is that of the internet settings, where no credentials can be set",
    );
    check(
        &look_at(&RULE, asking(plain(Source::Agent))),
        "the agent's proxy is set without credentials",
    );
    let credentials = Credentials { user: "backup".to_owned(), password: "old".to_owned() };
    let mut wrong = plain(Source::Agent);
    wrong.credentials = Some(credentials);
    check(
        &look_at(&RULE, asking(wrong)),
        "the credentials that the agent is set to use are not accepted",
    );
}

#[test]
fn one_that_lets_pass_or_refuses_is_fine() {
    assert_silent(&look_at(&RULE, SurveyFixture::proxied(Source::System).survey()));
    let refusing = SurveyFixture::proxied(Source::System).everything(Reach::Refused(403));
    assert_silent(&look_at(&RULE, refusing.survey()));
    assert_silent(&look_at(&RULE, Survey::default()));
}
