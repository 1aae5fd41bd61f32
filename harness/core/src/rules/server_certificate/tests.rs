use super::RULE;
use crate::facts::areas;
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::survey::{Clock, Distrust};
use crate::testing::survey::SurveyFixture;
use crate::testing::{NOW, assert_cause, assert_silent, assert_unchecked, look_at};

const HOST: &str = "login.windows.net";
const CAUSE: &str = "server-certificate-invalid";

fn root(issuer: &str, lost: Option<&str>) -> Distrust {
    Distrust::Root { issuer: issuer.to_owned(), lost: lost.map(str::to_owned) }
}

/// What a server told of the time.
fn told() -> Clock {
    let now = NOW.parse().unwrap();
    Clock { server: now, machine: now }
}

fn look(why: Distrust, clock: Option<Clock>) -> RuleOutput {
    let mut network = SurveyFixture::direct().refused([(HOST, why)]);
    network.clock = clock;
    look_at(&RULE, network)
}

#[test]
fn each_reason_against_a_certificate_has_its_evidence_and_remedy() {
    for (why, remedy, evidence) in [
        (Distrust::Expired, "contact-support", "it has expired"),
        (Distrust::NotYetValid, "retry-later", "it is not valid yet"),
        (Distrust::Name, "contact-support", "it is for another name"),
        (root("CN=login.windows.net", None), "contact-support", "is of CN=login.windows.net"),
        (root("CN=Contoso CA", None), "contact-support", "is of CN=Contoso CA"),
        (root("", None), "contact-support", "no authority that is trusted"),
        (
            root("CN=Lower CA", Some("http://a.example/ca")),
            "allow-at-firewall",
            "http://a.example/ca is not had",
        ),
    ] {
        let seen = look(why, Some(told()));
        assert_cause(&seen, CAUSE, Some(HOST), remedy);
        assert!(seen.findings[0].evidence[0].contains(evidence), "{seen:?}");
        assert_eq!(seen.unchecked[0].what, areas::REQUIRED_HOSTS);
    }
}

#[test]
fn without_a_servers_time_nothing_is_said_of_times() {
    for why in [Distrust::Expired, Distrust::NotYetValid] {
        assert_unchecked(&look(why, None), areas::REQUIRED_HOSTS);
    }
    assert_cause(&look(Distrust::Name, None), CAUSE, Some(HOST), "contact-support");
}

#[test]
fn a_missing_root_and_a_proxy_that_inspects_are_others_matters() {
    assert_silent(&look(root("CN=Baltimore CyberTrust Root", None), Some(told())));
    let hosts = [
        "go.microsoft.com",
        "pod01-manag1.jpe.backup.windowsazure.com",
        "login.microsoftonline.com",
        HOST,
    ];
    let seen = hosts.map(|host| (host, "CN=Contoso CA"));
    assert_silent(&look_at(&RULE, SurveyFixture::proxied(Source::Agent).untrusted(&seen)));
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
}
