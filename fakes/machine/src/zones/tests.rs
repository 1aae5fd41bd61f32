use marslab_model::KeyPath;
use marslab_model::host::{Account, HostControl as _, UrlPolicy};

use super::site_keys;
use crate::FakeMachine;
use crate::tests::{admin, of, with};

const SYSTEM_KEY: &str =
    r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// A machine with these numbers below SYSTEM's `Internet Settings`.
fn machine(values: &[(&str, &str, u32)]) -> FakeMachine {
    with(|world| {
        for (key, name, number) in values {
            let key = KeyPath::new(format!(r"{SYSTEM_KEY}\{key}"));
            let values = of(world).registry.entry(key).or_default();
            values.insert((*name).into(), (*number).into());
        }
    })
}

#[track_caller]
fn check(values: &[(&str, &str, u32)], expected: UrlPolicy) {
    let found = machine(values).download_policy(&Account::System, LOGIN);
    assert_eq!(found, expected, "{values:?}");
}

const LOGIN: &str = "https://login.windows.net/token";
const CLOSED: (&str, &str, u32) = (r"Zones\3", "1803", 3);

#[test]
fn the_internet_zone_decides_for_unlisted_sites() {
    check(&[], UrlPolicy::Allow);
    check(&[CLOSED], UrlPolicy::Disallow);
    check(&[(r"Zones\3", "1803", 1)], UrlPolicy::Query);
    let others = machine(&[CLOSED]).download_policy(&admin(), LOGIN);
    assert_eq!(others, UrlPolicy::Allow, "each account has settings of its own");
}

#[test]
fn trusted_sites_have_the_policy_of_their_zone() {
    let listed = |key: &'static str| (key, "*", 2);
    for site in [
        listed(r"ZoneMap\Domains\windows.net"),
        listed(r"ZoneMap\Domains\windows.net\login"),
        listed(r"ZoneMap\Domains\Windows.net"),
        (r"ZoneMap\Domains\windows.net", "https", 2),
        (r"ZoneMap\Domains\login.windows.net", "HTTPS", 2),
    ] {
        check(&[CLOSED, site], UrlPolicy::Allow);
    }
    for site in [
        (r"ZoneMap\Domains\windows.net", "http", 2),
        listed(r"ZoneMap\Domains\windows.net\other"),
        listed(r"ZoneMap\Domains\indows.net"),
        listed(r"ZoneMap\Domains\net"),
    ] {
        check(&[CLOSED, site], UrlPolicy::Disallow);
    }
    let restricted = (r"ZoneMap\Domains\windows.net", "*", 4);
    check(&[(r"Zones\4", "1803", 3), restricted], UrlPolicy::Disallow);
}

#[test]
fn a_site_can_be_listed_in_several_ways() {
    let keys = ["a.b.c.net", r"b.c.net\a", "b.c.net", r"c.net\a.b", "c.net"];
    assert_eq!(site_keys("a.b.c.net"), keys);
    assert_eq!(site_keys("server"), ["server"]);
}
