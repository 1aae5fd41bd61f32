use marslab_model::Operation;

use super::RULE;
use crate::facts::areas;
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::testing::survey::{DROPPED, PROXY, SurveyFixture};
use crate::testing::{Machine, assert_cause, assert_silent, look_at, look_during};

const HOSTS: [&str; 4] = [
    "go.microsoft.com",
    "pod01-manag1.jpe.backup.windowsazure.com",
    "login.microsoftonline.com",
    "login.windows.net",
];

/// What the proxy's clients see of these hosts, issued by these.
fn look(hosts: &[&str], issuers: &[&str]) -> RuleOutput {
    let seen: Vec<_> = hosts.iter().copied().zip(issuers.iter().copied().cycle()).collect();
    look_at(&RULE, SurveyFixture::proxied(Source::Agent).untrusted(&seen))
}

#[test]
fn one_issuer_of_everything_behind_a_proxy_is_the_proxys() {
    let seen = look(&HOSTS, &["O=Any, CN=Contoso CA"]);
    assert_cause(&seen, "inspection-untrusted", Some("Contoso CA"), "import-root-certificate");
    assert!(seen.findings[0].evidence[0].contains(PROXY));
    assert_eq!(seen.unchecked.len(), HOSTS.len());
    assert!(seen.unchecked.iter().all(|it| it.what == areas::REQUIRED_HOSTS));
}

#[test]
fn what_is_blocked_shows_no_certificate() {
    let fixture = SurveyFixture::proxied(Source::Agent).name("*.windows.net", DROPPED);
    let seen: Vec<_> = HOSTS[..3].iter().map(|host| (*host, "CN=Contoso CA")).collect();
    let seen = look_at(&RULE, fixture.untrusted(&seen));
    assert_cause(&seen, "inspection-untrusted", Some("Contoso CA"), "import-root-certificate");
}

#[test]
fn a_documented_root_another_issuer_or_a_host_that_is_trusted_is_none() {
    assert_silent(&look(&HOSTS, &["CN=Baltimore CyberTrust Root"]));
    assert_silent(&look(&HOSTS, &["CN=Contoso CA", "CN=Another CA"]));
    assert_silent(&look(&HOSTS, &[""]));
    assert_silent(&look(&HOSTS[..3], &["CN=Contoso CA"]));
    assert_silent(&look(&[], &["CN=Contoso CA"]));
    let direct = HOSTS.map(|host| (host, "CN=Contoso CA"));
    assert_silent(&look_at(&RULE, SurveyFixture::direct().untrusted(&direct)));
}

#[test]
fn one_host_alone_is_the_servers_matter() {
    let fixture = SurveyFixture::proxied(Source::Agent).everything(DROPPED);
    let fixture = fixture.name("*.windows.net", crate::survey::Reach::Passed);
    let seen = look_at(&RULE, fixture.untrusted(&[("login.windows.net", "CN=Contoso CA")]));
    assert_silent(&seen);
}

#[test]
fn in_the_portal_the_portal_is_out_of_reach() {
    let seen = look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
        let hosts = HOSTS.map(|host| (host, "CN=Contoso CA"));
        scene.network = SurveyFixture::proxied(Source::Agent).untrusted(&hosts);
    });
    assert!(seen.unchecked.iter().all(|it| it.what == areas::PORTAL));
}
