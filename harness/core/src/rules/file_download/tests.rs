use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

const SETTINGS: &str = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

fn zone(machine: Machine, zone: u32, policy: u32) -> Machine {
    machine.value(&format!(r"{SETTINGS}\Zones\{zone}"), "1803", policy)
}

fn trust(machine: Machine, sites: &[(&str, &str)]) -> Machine {
    sites.iter().fold(machine, |machine, (site, scheme)| {
        machine.value(&format!(r"{SETTINGS}\ZoneMap\Domains\{site}"), scheme, 2)
    })
}

const SITES: [(&str, &str); 5] = [
    (r"msftncsi.com\www", "http"),
    ("microsoft.com", "*"),
    (r"windowsazure.com\pod01-manag1.jpe.backup", "https"),
    ("login.microsoftonline.com", "https"),
    ("windows.net", "https"),
];

#[test]
fn a_zone_without_downloads_is_found() {
    let seen = look(&RULE, zone(Machine::healthy(), 3, 3));
    assert_cause(&seen, "file-download-disabled", None, "enable-file-download");
}

#[test]
fn a_site_that_is_missing_from_the_list_is_found() {
    for missing in 0..SITES.len() {
        let mut sites = SITES.to_vec();
        sites.remove(missing);
        let seen = look(&RULE, trust(zone(Machine::healthy(), 3, 3), &sites));
        assert_cause(&seen, "trusted-sites-missing", None, "add-trusted-sites");
    }
    let mut sites = SITES;
    sites[0].1 = "https";
    let seen = look(&RULE, trust(zone(Machine::healthy(), 3, 3), &sites));
    assert_cause(&seen, "trusted-sites-missing", None, "add-trusted-sites");
}

#[test]
fn downloads_from_the_internet_or_from_trusted_sites_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, zone(Machine::healthy(), 3, 0)));
    assert_silent(&look(&RULE, zone(Machine::healthy(), 4, 3)));
    assert_silent(&look(&RULE, trust(zone(Machine::healthy(), 3, 3), &SITES)));
    assert_silent(&look(&RULE, trust(zone(Machine::healthy(), 3, 0), &SITES[..2])));
}

#[test]
fn another_account_does_not_matter() {
    let key = format!(
        r"{}\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Zones\3",
        crate::testing::ADMIN_HIVE
    );
    assert_silent(&look(&RULE, Machine::healthy().value(&key, "1803", 3)));
}
