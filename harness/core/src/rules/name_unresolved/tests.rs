use marslab_model::{DialError, HostName, Operation};

use super::RULE;
use crate::proxy::Source;
use crate::survey::{Naming, Needs, Probe, Reach, Survey, of_agent};
use crate::testing::survey::SurveyFixture;
use crate::testing::{Machine, assert_cause, assert_silent, look_at, look_during, told};

const UNKNOWN: Reach = Reach::Failed(DialError::NoSuchHost);
const FOUND: (&str, &str) = ("dns-name-unresolved", "correct-dns-forwarder");

#[test]
fn a_name_without_an_address_is_found() {
    let seen = SurveyFixture::direct().name("*.windows.net", UNKNOWN).unresolved("*.windows.net");
    let seen = look_at(&RULE, seen.survey());
    assert_cause(&seen, FOUND.0, Some("login.windows.net"), FOUND.1);
    let evidence = seen.findings[0].evidence.join("\n");
    assert!(evidence.contains("connecting to login.windows.net:443"), "{evidence}");
    assert!(evidence.contains("login.windows.net has no address"), "{evidence}");
}

#[test]
fn two_names_are_two_findings() {
    let both = ["*.Microsoft.com", "*.WindowsAzure.com"];
    let seen = both.into_iter().fold(SurveyFixture::proxied(Source::System), |seen, name| {
        seen.name(name, Reach::Refused(503)).unresolved(name)
    });
    let seen = look_at(&RULE, seen.survey());
    let abouts: Vec<_> = told(&seen.findings).iter().map(|told| told.1).collect();
    let hosts = ["go.microsoft.com", "pod01-manag1.jpe.backup.windowsazure.com"];
    assert_eq!(abouts, hosts.map(Some));
}

#[test]
fn the_portals_names_count_too_and_what_leads_past_a_closed_proxy() {
    let portal = || SurveyFixture::portal().name("management.azure.com", UNKNOWN);
    let seen = look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
        scene.network = portal().unresolved("management.azure.com").survey();
    });
    assert_cause(&seen, FOUND.0, Some("management.azure.com"), FOUND.1);
    let probes = portal().unresolved("management.azure.com").survey().probes().to_vec();
    let seen = look_at(&RULE, Survey { aside: probes, ..Survey::default() });
    assert_cause(&seen, FOUND.0, Some("management.azure.com"), FOUND.1);
}

#[test]
fn the_zone_of_a_private_endpoint_is_found() {
    let host = "17-ab-pod01-manag1.privatelink.jpe.backup.windowsazure.com";
    let place =
        of_agent(&Needs { service: Some(HostName::new(host)), ..Needs::default() }).remove(2);
    let mut probe = Probe::by_name(place, None, UNKNOWN);
    probe.naming = Naming::NoAddress;
    let seen = look_at(&RULE, Survey { aside: vec![probe], ..Survey::default() });
    let zone = "privatelink.jpe.backup.windowsazure.com";
    assert_cause(&seen, "private-endpoint-unresolved", Some(zone), FOUND.1);
    assert!(seen.findings[0].evidence[1].starts_with(host), "{:?}", seen.findings[0].evidence);
}

#[test]
fn where_names_have_addresses_nothing_is_found() {
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
    let refused = SurveyFixture::direct().name("*.windows.net", UNKNOWN);
    assert_silent(&look_at(&RULE, refused.survey()));
}
