use super::RULE;
use crate::proxy::Source;
use crate::testing::survey::{DROPPED, SurveyFixture};
use crate::testing::{assert_cause, assert_silent, look_at, told};

const CAUSE: &str = "proxy-exception-wrong";

#[test]
fn an_exception_that_covers_a_required_host_is_found() {
    for (source, remedy) in
        [(Source::Agent, "set-agent-proxy"), (Source::System, "correct-system-proxy")]
    {
        let seen = SurveyFixture::proxied(source).bypassed("*.windows.net", "*.windows.*");
        let seen = look_at(&RULE, seen.survey());
        assert_cause(&seen, CAUSE, Some("*.windows.*"), remedy);
        let evidence = seen.findings[0].evidence.join("\n");
        assert!(evidence.contains("connecting to login.windows.net:443"), "{evidence}");
        assert!(
            evidence.contains("CONNECT login.windows.net:443 passed the proxy 10.0.0.5:8080"),
            "{evidence}"
        );
    }
}

#[test]
fn an_exception_is_found_once_with_all_that_it_covers() {
    let seen = SurveyFixture::proxied(Source::Agent)
        .bypassed("*.windows.net", "*.net")
        .bypassed("*.Microsoft.com", "*.com")
        .bypassed("*.WindowsAzure.com", "*.com");
    let seen = look_at(&RULE, seen.survey());
    let abouts: Vec<_> = told(&seen.findings).iter().map(|told| told.1).collect();
    assert_eq!(abouts, [Some("*.com"), Some("*.net")]);
    assert_eq!([seen.findings[0].evidence.len(), seen.findings[1].evidence.len()], [4, 2]);
}

#[test]
fn what_the_proxy_does_not_reach_either_is_another_matter() {
    assert_silent(&look_at(&RULE, SurveyFixture::proxied(Source::Agent).survey()));
    let blocked = SurveyFixture::proxied(Source::Agent).name("*.windows.net", DROPPED);
    assert_silent(&look_at(&RULE, blocked.survey()));
}
