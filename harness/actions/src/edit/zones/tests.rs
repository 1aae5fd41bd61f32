use super::{Policy, Zone, distrust, file_download, key_of, trust};
use crate::edit;
use marslab_base as base;

#[test]
fn a_site_is_listed_below_its_domain() {
    let listed = |site: &str| {
        let key = key_of(&site.parse().unwrap())?;
        key.as_str().rsplit_once(r"\Domains\").map(|(_, site)| site.to_owned())
    };
    for (site, expected) in [
        ("*.windows.net", Some("windows.net")),
        ("www.msftncsi.com", Some(r"msftncsi.com\www")),
        ("a.b.contoso.example", Some(r"contoso.example\a.b")),
        ("contoso.example", Some("contoso.example")),
        ("contoso", Some("contoso")),
        ("20.190.128.0/18", None),
        ("*", None),
    ] {
        assert_eq!(listed(site).as_deref(), expected, "{site}");
    }
}

#[test]
fn what_was_trusted_can_be_taken_back() {
    let healthy = base::healthy("2019-05-20T03:00:00Z".parse().unwrap());
    let mut world = healthy.clone();
    let sites = ["*.windows.net", "www.msftncsi.com"].map(|site| site.parse().unwrap());
    for change in trust(edit::machine(&world).unwrap(), &sites) {
        world.apply(&change).unwrap();
    }
    assert_ne!(world, healthy);
    for site in &sites {
        let change = distrust(edit::machine(&world).unwrap(), site).unwrap();
        world.apply(&change).unwrap();
        assert_eq!(distrust(edit::machine(&world).unwrap(), site), None);
    }
    assert_eq!(world, healthy);
}

#[test]
fn downloads_are_shut_and_opened() {
    let healthy = base::healthy("2019-05-20T03:00:00Z".parse().unwrap());
    let mut world = healthy.clone();
    for (policy, is_healthy) in [(Policy::Disable, false), (Policy::Enable, true)] {
        let machine = edit::machine(&world).unwrap();
        for change in file_download(machine, Zone::Internet, policy) {
            world.apply(&change).unwrap();
        }
        assert_eq!(world == healthy, is_healthy, "{policy:?}");
    }
}
