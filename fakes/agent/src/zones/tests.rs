use marslab_testing::TestHost;

use super::{INTERNET_KEY, allows_download, keys};
use crate::testing::installed;

fn disabled() -> TestHost {
    installed().with_value(&format!(r"{INTERNET_KEY}\Zones\3"), "1803", 3)
}

fn site(host: TestHost, key: &str, scheme: &str, zone: u32) -> TestHost {
    host.with_value(&format!(r"{INTERNET_KEY}\ZoneMap\Domains\{key}"), scheme, zone)
}

#[track_caller]
fn check(host: &TestHost, expected: Answer) {
    let allowed = allows_download(host, &LOGIN.parse().unwrap());
    assert_eq!(if allowed { Answer::Allowed } else { Answer::Forbidden }, expected);
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Allowed,
    Forbidden,
}

const LOGIN: &str = "https://login.windows.net/token";

#[test]
fn the_internet_zone_decides_for_unlisted_sites() {
    check(&installed(), Answer::Allowed);
    check(&disabled(), Answer::Forbidden);
    let prompts = installed().with_value(&format!(r"{INTERNET_KEY}\Zones\3"), "1803", 1);
    check(&prompts, Answer::Allowed);
}

#[test]
fn trusted_sites_are_let_through() {
    for (key, scheme) in [
        ("windows.net", "*"),
        ("windows.net", "https"),
        (r"windows.net\login", "*"),
        ("login.windows.net", "HTTPS"),
        ("Windows.net", "*"),
    ] {
        check(&site(disabled(), key, scheme, 2), Answer::Allowed);
    }
    for (key, scheme) in
        [("windows.net", "http"), (r"windows.net\other", "*"), ("indows.net", "*"), ("net", "*")]
    {
        check(&site(disabled(), key, scheme, 2), Answer::Forbidden);
    }
}

#[test]
fn another_zone_has_its_own_rule() {
    let host = installed().with_value(&format!(r"{INTERNET_KEY}\Zones\4"), "1803", 3);
    check(&site(host, "windows.net", "*", 4), Answer::Forbidden);
}

#[test]
fn a_site_can_be_listed_in_several_ways() {
    assert_eq!(keys("a.b.c.net"), ["a.b.c.net", r"b.c.net\a", "b.c.net", r"c.net\a.b", "c.net"]);
    assert_eq!(keys("server"), ["server"]);
}
