use marslab_model::DialError;

use super::RULE;
use crate::facts::clouds::PUBLIC;
use crate::proxy::Source;
use crate::survey::Reach;
use crate::testing::survey::{DROPPED, SurveyFixture};
use crate::testing::{assert_cause, assert_silent, look_at, told};

const RANGED: [(&str, &str, &str); 2] = [
    ("*.windows.net", "20.190.191.255", "20.190.128.0/18"),
    ("*.microsoftonline.com", "40.126.0.1", "40.126.0.0/18"),
];

#[test]
fn each_blocked_url_is_found() {
    for required in PUBLIC.required {
        for error in [DialError::TimedOut, DialError::Refused, DialError::NoSuchHost] {
            let seen = SurveyFixture::direct().name(required.pattern, Reach::Failed(error));
            let seen = look_at(&RULE, seen.survey());
            assert_cause(&seen, "url-blocked", Some(required.pattern), "allow-at-firewall");
        }
        for reach in [Reach::Refused(403), Reach::Refused(302), Reach::Silent] {
            let seen = SurveyFixture::proxied(Source::System).name(required.pattern, reach);
            let seen = look_at(&RULE, seen.survey());
            assert_cause(&seen, "proxy-blocks-url", Some(required.pattern), "allow-at-proxy");
        }
    }
}

#[test]
fn a_name_is_blocked_where_its_address_passes_and_a_range_where_it_does_not() {
    for (pattern, ip, range) in RANGED {
        let name = || SurveyFixture::direct().name(pattern, DROPPED);
        let seen = look_at(&RULE, name().address(pattern, ip, Reach::Passed).survey());
        assert_cause(&seen, "url-blocked", Some(pattern), "allow-at-firewall");
        let seen = look_at(&RULE, name().address(pattern, ip, DROPPED).survey());
        assert_cause(&seen, "ip-range-blocked", Some(range), "allow-at-firewall");

        let refused = Reach::Refused(403);
        let name = || SurveyFixture::proxied(Source::Agent).name(pattern, refused);
        let seen = look_at(&RULE, name().address(pattern, ip, Reach::Passed).survey());
        assert_cause(&seen, "proxy-blocks-url", Some(pattern), "allow-at-proxy");
        let seen = look_at(&RULE, name().address(pattern, ip, refused).survey());
        assert_cause(&seen, "proxy-blocks-ip-range", Some(range), "allow-at-proxy");
    }
}

#[test]
fn what_a_proxy_wants_to_reach_and_cannot_is_blocked_behind_it() {
    let (pattern, ip, range) = RANGED[0];
    let seen = || SurveyFixture::proxied(Source::System).name(pattern, Reach::Refused(503));
    assert_cause(
        &look_at(&RULE, seen().survey()),
        "url-blocked",
        Some(pattern),
        "allow-at-firewall",
    );
    let seen = seen().address(pattern, ip, Reach::Refused(504));
    assert_cause(
        &look_at(&RULE, seen.survey()),
        "ip-range-blocked",
        Some(range),
        "allow-at-firewall",
    );
}

#[test]
fn two_blocked_urls_are_two_findings() {
    let seen = SurveyFixture::direct()
        .name("*.Microsoft.com", DROPPED)
        .name("*.WindowsAzure.com", DROPPED);
    let seen = look_at(&RULE, seen.survey());
    let abouts: Vec<_> = told(&seen.findings).iter().map(|told| told.1).collect();
    assert_eq!(abouts, [Some("*.Microsoft.com"), Some("*.WindowsAzure.com")]);
}

#[test]
fn every_name_blocked_and_an_address_not_is_no_lost_network() {
    let seen = SurveyFixture::direct().everything(DROPPED).address(
        "*.windows.net",
        "20.190.129.10",
        Reach::Passed,
    );
    assert_eq!(look_at(&RULE, seen.survey()).findings.len(), 5);
}

#[test]
fn a_network_that_lets_pass_or_nothing_at_all_is_another_matter() {
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
    assert_silent(&look_at(&RULE, SurveyFixture::direct().everything(DROPPED).survey()));
    let refused = SurveyFixture::proxied(Source::Agent).everything(Reach::Refused(403));
    assert_eq!(look_at(&RULE, refused.survey()).findings, []);
}

#[test]
fn what_is_behind_a_proxy_that_refuses_is_left_unchecked() {
    let unchecked = |reach| {
        let seen = SurveyFixture::proxied(Source::System).name("*.windows.net", reach);
        let seen = look_at(&RULE, seen.survey());
        seen.unchecked.into_iter().map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(unchecked(Reach::Refused(403)), ["required-hosts"]);
    assert_eq!(unchecked(Reach::Silent), ["required-hosts"]);
    assert_eq!(unchecked(Reach::Refused(503)), Vec::<String>::new());
    assert_eq!(unchecked(Reach::Passed), Vec::<String>::new());
}

const STORAGE: [&str; 3] = [
    "podjpe01.blob.core.windows.net",
    "podjpe01.queue.core.windows.net",
    "podjpe01.z12.blob.storage.azure.net",
];

#[test]
fn a_blocked_storage_host_is_found_by_the_pattern_of_its_article() {
    for pattern in ["*blob.core.windows.net", "*queue.core.windows.net", "*blob.storage.azure.net"]
    {
        let seen = SurveyFixture::storing(&STORAGE, None).name(pattern, DROPPED);
        let seen = look_at(&RULE, seen.survey());
        assert_cause(&seen, "url-blocked", Some(pattern), "allow-at-firewall");
        let seen = SurveyFixture::storing(&STORAGE, Some(Source::System));
        let seen = look_at(&RULE, seen.name(pattern, Reach::Refused(403)).survey());
        assert_cause(&seen, "proxy-blocks-url", Some(pattern), "allow-at-proxy");
    }
    assert_silent(&look_at(&RULE, SurveyFixture::storing(&STORAGE, None).survey()));
}

#[test]
fn what_a_wider_pattern_covers_is_not_told_again() {
    let abouts = |seen: SurveyFixture| {
        let seen = look_at(&RULE, seen.survey());
        told(&seen.findings).iter().map(|told| told.1.unwrap().to_owned()).collect::<Vec<_>>()
    };
    let blocked = |of_login| {
        SurveyFixture::storing(&STORAGE, Some(Source::System))
            .name("*.windows.net", of_login)
            .name("*blob.core.windows.net", Reach::Refused(403))
            .name("*blob.storage.azure.net", Reach::Refused(403))
    };
    let outside = "*blob.storage.azure.net";
    assert_eq!(abouts(blocked(Reach::Refused(403))), ["*.windows.net", outside]);
    // By another, it is another rule that has to change.
    let both = ["*.windows.net", "*blob.core.windows.net", outside];
    assert_eq!(abouts(blocked(Reach::Refused(503))), both);
    // What is blocked by its address says nothing about names.
    let ranged = blocked(Reach::Refused(403));
    let ranged = ranged.address("*.windows.net", "20.190.129.10", Reach::Refused(403));
    let both = ["20.190.128.0/18", "*blob.core.windows.net", outside];
    assert_eq!(abouts(ranged), both);
}
