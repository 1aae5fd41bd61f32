use std::collections::BTreeSet;

use ipnet::IpNet;
use proptest::prelude::*;

use super::Cast;
use crate::names::Name;
use crate::net::{Address, Host};

fn ip(of: &Address) -> std::net::IpAddr {
    match of.host {
        Host::Ip(ip) => ip,
        Host::Name(_) => panic!("{of} has a name"),
    }
}

fn is_computer_name(name: &Name) -> bool {
    let name = name.as_str();
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    (1..=15).contains(&name.len()) && name.chars().all(is_plain) && !name.ends_with('-')
        // A number would be taken for an address.
        && name.chars().any(|c| c.is_ascii_alphabetic())
}

#[track_caller]
fn is_valid(cast: &Cast) {
    for name in [&cast.machine, &cast.other_machine, &cast.new_machine_name] {
        assert!(is_computer_name(name), "{name}");
    }
    // In lower case it is another text.
    assert_ne!(cast.value("machine-lower-case").unwrap(), cast.machine.as_str());
    for account in [&cast.admin, &cast.operator, &cast.proxy_user] {
        let (domain, user) = account.as_str().split_once('\\').unwrap();
        assert!((1..=15).contains(&domain.len()) && (1..=20).contains(&user.len()), "{account}");
    }
    for vault in [&cast.vault, &cast.other_vault] {
        let name = vault.as_str();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!((2..=50).contains(&name.len()) && name.contains('-'), "{name}");
        assert!(name.chars().all(is_plain) && name.starts_with(|c: char| c.is_alphabetic()));
    }
    for account in [&cast.storage_account, &cast.other_storage_account] {
        let name = account.as_str();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        assert!((3..=24).contains(&name.len()) && name.chars().all(is_plain), "{name}");
    }
    for role in ["region", "other-region"] {
        // A listed region has a short name of its own.
        assert_ne!(cast.value(role), cast.value(&format!("{role}-code")));
    }
    for address in [&cast.proxy, &cast.other_proxy, &cast.dead_proxy, &cast.proxy_wrong_port] {
        assert!(cast.network.contains(&ip(address)), "{address} is outside of {}", cast.network);
        assert!(![80, 443].contains(&address.port), "{address}");
    }
    assert!(cast.network.contains(&cast.gateway));
    let private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(|it| it.parse().unwrap());
    assert!(private.iter().any(|range: &IpNet| range.contains(&cast.network)));
    assert_eq!(cast.proxy.host, cast.proxy_wrong_port.host);
    for file in [&cast.database, &cast.disk_image, &cast.old_disk_image] {
        assert!(file.is_within(&cast.data), "{file}");
    }
    assert_eq!(cast.scratch.volume(), cast.data.volume());
    // From half a GiB to two.
    assert!((1 << 29..1 << 31).contains(&cast.unit), "{}", cast.unit);
    for part in cast.parts() {
        assert!(!part.value.is_empty() && !part.summary.is_empty(), "{part:?}");
        assert!(!part.value.contains(['{', '}']), "{part:?}");
    }
}

/// No two roles have one value, whatever the case.
#[track_caller]
fn is_distinct(cast: &Cast) {
    let mut seen = BTreeSet::new();
    // In lower case, the server has the same name to Windows.
    let parts = cast.parts().into_iter().filter(|part| part.role != "machine-lower-case");
    for part in parts {
        assert!(seen.insert(part.value.to_lowercase()), "{part} is not the only one");
    }
    let hosts: BTreeSet<_> = [&cast.proxy, &cast.other_proxy, &cast.dead_proxy].map(ip).into();
    assert_eq!(hosts.len(), 3);
    assert!(!hosts.contains(&cast.gateway));
    let volumes = [cast.data.volume(), cast.archive.volume(), Some(cast.free_drive.clone())];
    let volumes: BTreeSet<_> = volumes.into_iter().chain([Some(Name::new("C:"))]).collect();
    assert_eq!(volumes.len(), 4);
}

#[test]
fn the_plain_world_is_valid() {
    is_valid(&Cast::plain());
    is_distinct(&Cast::plain());
}

proptest! {
    #[test]
    fn every_seed_draws_valid_values_that_differ(seed: u64) {
        let cast = Cast::drawn(seed);
        is_valid(&cast);
        is_distinct(&cast);
        prop_assert_eq!(&cast, &Cast::drawn(seed));
        prop_assert_eq!(cast.guid("a vault"), cast.guid("a vault"));
        prop_assert_ne!(cast.guid("a vault"), cast.guid("another"));
    }
}

#[test]
fn seeds_draw_different_worlds() {
    let casts = (0..200).map(Cast::drawn);
    let proxies: BTreeSet<_> = casts.map(|cast| cast.proxy.to_string()).collect();
    assert!(proxies.len() > 190, "{}", proxies.len());
}

#[test]
fn texts_of_two_worlds_name_the_same_roles() {
    for cast in [Cast::plain(), Cast::drawn(1), Cast::drawn(2)] {
        let text = format!("{} and {} at {}", cast.database, cast.data, cast.proxy);
        assert_eq!(cast.roles_in(&text), "{database} and {data} at {proxy}");
    }
}

#[test]
fn a_region_has_a_short_name_whatever_its_case() {
    assert_eq!(super::region_code("japaneast"), "jpe");
    assert_eq!(super::region_code("WestEurope"), "we");
    assert_eq!(super::region_code("elsewhere"), "elsewhere");
    assert_eq!(Cast::plain().value("other-region-code").as_deref(), Some("jpw"));
}

#[test]
fn a_role_has_one_name() {
    let plain = Cast::plain();
    let roles: BTreeSet<_> = plain.parts().iter().map(|part| part.role).collect();
    assert_eq!(roles.len(), plain.parts().len());
    assert_eq!(plain.value("proxy-host").as_deref(), Some("10.0.0.5"));
    assert_eq!(plain.value("nobody"), None);
}
