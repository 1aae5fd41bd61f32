//! A resolver that does not say what there is, and what machines and proxies make of it.

use marslab_model::world::{Answering, Delivery, ForwardedZone, Origin, Override, Proxy};
use marslab_model::{Address, DialError, HostName, World};

use crate::site::{FIDELITIES, Site};

/// A name with both kinds of addresses (proxy-wire 7.6).
const BOTH: &str = "dns.msftncsi.com";
const V4: &str = "131.107.255.255";
const V6: &str = "fd3e:4f5a:5b81::1";
/// One that has only an IPv4 address.
const LOGIN: &str = "login.windows.net";

fn site(change: impl FnOnce(&mut World)) -> Site {
    Site::new(FIDELITIES[0], change)
}

async fn resolved(site: &Site, name: &str) -> Vec<String> {
    let ips = site.network.resolve(&HostName::new(name)).await.unwrap_or_default();
    ips.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_machine_and_an_answer_for_each_type() {
    use Answering::{Empty, NameError, Records, Refused, ServerFailure, Silence};
    for (a, aaaa, expected, seconds) in [
        (Records, Records, &[V4, V6][..], 0),
        // Whatever comes of AAAA, the IPv4 addresses are there; a name error alone denies the whole name.
        (Records, Empty, &[V4], 0),
        (Records, ServerFailure, &[V4], 0),
        (Records, Refused, &[V4], 0),
        (Records, Silence, &[V4], 10),
        (Records, NameError, &[], 0),
        (Empty, Records, &[V6], 0),
        (Empty, Empty, &[], 0),
        (Empty, Silence, &[], 10),
        // Without an answer for A, AAAA is not asked for.
        (NameError, Records, &[], 0),
        (ServerFailure, Records, &[], 0),
        (Refused, Records, &[], 0),
        (Silence, Records, &[], 10),
        (Silence, Silence, &[], 10),
    ] {
        let site = site(|world| {
            (world.network.resolver.a, world.network.resolver.aaaa) = (a, aaaa);
        });
        assert_eq!(resolved(&site, BOTH).await, expected, "{a:?} {aaaa:?}");
        assert_eq!(site.seconds(), seconds, "{a:?} {aaaa:?}");
        // An address needs no lookup.
        assert_eq!(resolved(&site, V4).await, [V4]);
        assert_eq!(site.seconds(), seconds);
    }
}

#[tokio::test]
async fn a_dialler_meets_what_its_resolver_says() {
    use Answering::{NameError, Records, ServerFailure, Silence};
    const NONE: Option<DialError> = Some(DialError::NoSuchHost);
    for fidelity in FIDELITIES {
        for (from, a, aaaa, expected) in [
            (Origin::Machines, Records, ServerFailure, (None, 0)),
            (Origin::Machines, Records, Silence, (None, 10)),
            (Origin::Machines, Records, NameError, (NONE, 0)),
            (Origin::Machines, Silence, Records, (NONE, 10)),
            // Measured: Squid goes on with the answer for A at once.
            (Origin::Proxies, Records, ServerFailure, (None, 0)),
            (Origin::Proxies, Records, Silence, (None, 0)),
            (Origin::Proxies, Records, NameError, (None, 0)),
            (Origin::Proxies, NameError, NameError, (NONE, 0)),
            (Origin::Proxies, Silence, Records, (NONE, 30)),
        ] {
            let site = Site::new(fidelity, |world| {
                (world.network.resolver.a, world.network.resolver.aaaa) = (a, aaaa);
            });
            let dialled = site.network.dial(from, &Address::new(LOGIN, 443)).await;
            let seen = (dialled.err(), site.seconds());
            assert_eq!(seen, expected, "{fidelity:?} {from:?} {a:?} {aaaa:?}");
        }
    }
}

/// The machine asks twice, for either type; a proxy asks for both at once. What is cut is asked for again.
#[tokio::test]
async fn an_answer_may_take_long_or_another_way() {
    let delivery =
        |seconds, whole_over_udp, over_tcp| Delivery { seconds, whole_over_udp, over_tcp };
    const NONE: Option<DialError> = Some(DialError::NoSuchHost);
    for (of_resolver, of_zone, machine, proxy) in [
        (delivery(0, true, false), delivery(0, true, true), (None, 0), (None, 0)),
        (delivery(4, true, true), delivery(0, true, true), (None, 8), (None, 4)),
        (delivery(3, true, true), delivery(2, true, true), (None, 10), (None, 5)),
        (delivery(0, true, true), delivery(10, true, true), (NONE, 10), (None, 10)),
        (delivery(40, true, true), delivery(0, true, true), (NONE, 10), (NONE, 30)),
        (delivery(2, false, true), delivery(0, true, true), (None, 8), (None, 4)),
        (delivery(0, false, false), delivery(0, true, true), (NONE, 0), (NONE, 0)),
        (delivery(0, true, false), delivery(0, false, true), (NONE, 0), (NONE, 0)),
    ] {
        for (from, expected) in [(Origin::Machines, machine), (Origin::Proxies, proxy)] {
            let site = site(|world| {
                world.network.resolver.delivery = of_resolver.clone();
                let zone = ForwardedZone::answering(Answering::Records);
                let zone = ForwardedZone { delivery: of_zone.clone(), ..zone };
                world.network.resolver.zones.insert("windows.net".into(), zone);
            });
            let dialled = site.network.dial(from, &Address::new(LOGIN, 443)).await;
            let seen = (dialled.err(), site.seconds());
            assert_eq!(seen, expected, "{from:?} {of_resolver:?} {of_zone:?}");
        }
    }
}

#[tokio::test]
async fn the_longest_zone_that_a_name_is_in_decides() {
    use Answering::{NameError, Records, ServerFailure, Silence};
    let zone = |answers, records: &[(&str, &str)]| ForwardedZone {
        records: records
            .iter()
            .map(|(name, ip)| (HostName::new(*name), vec![ip.parse().unwrap()]))
            .collect(),
        ..ForwardedZone::answering(answers)
    };
    let site = site(|world| {
        let zones = &mut world.network.resolver.zones;
        zones.insert("windows.net".into(), zone(ServerFailure, &[]));
        zones.insert("LOGIN.windows.net".into(), zone(Records, &[]));
        zones.insert("microsoft.com".into(), zone(Silence, &[]));
        zones.insert("microsoftonline.com".into(), zone(NameError, &[]));
        let private = [("vault.privatelink.example", "10.1.0.4")];
        zones.insert("privatelink.example".into(), zone(Records, &private));
        zones.insert("dark.example".into(), zone(NameError, &[("a.dark.example", "10.1.0.5")]));
    });
    for (name, expected, seconds) in [
        (LOGIN, &["20.190.129.10"][..], 0),
        ("other.windows.net", &[], 0),
        ("login.microsoftonline.com", &[], 0),
        ("go.microsoft.com", &[], 10),
        ("www.msftncsi.com", &["203.0.113.10"], 10),
        ("Vault.PrivateLink.example", &["10.1.0.4"], 10),
        ("other.privatelink.example", &[], 10),
        ("a.dark.example", &[], 10),
    ] {
        assert_eq!(resolved(&site, name).await, expected, "{name}");
        assert_eq!(site.seconds(), seconds, "{name}");
    }
    let dialled = site.network.dial(Origin::Proxies, &Address::new("go.microsoft.com", 443)).await;
    assert_eq!((dialled.err(), site.seconds()), (Some(DialError::NoSuchHost), 40));
}

#[tokio::test]
async fn a_private_zone_leads_to_its_server() {
    const PRIVATE: &str = "vault.privatelink.jpe.backup.windowsazure.com";
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            let server = world.cloud.endpoints.get(&HostName::new(LOGIN)).cloned().unwrap();
            world.cloud.endpoints.insert(PRIVATE.into(), server);
            let records = [(HostName::new(PRIVATE), vec!["10.1.0.4".parse().unwrap()])].into();
            let zone = ForwardedZone { records, ..ForwardedZone::answering(Answering::Records) };
            world.network.resolver.zones.insert("windowsazure.com".into(), zone);
        });
        let answer = site.get(&format!("https://{PRIVATE}/")).await.unwrap();
        assert_eq!(answer.status, 404, "{fidelity:?}");
    }
}

#[tokio::test]
async fn the_first_override_that_matches_decides() {
    let overridden = |of: &str, with: &[&str]| Override {
        of: of.parse().unwrap(),
        with: with.iter().map(|ip| ip.parse().unwrap()).collect(),
    };
    let site = site(|world| {
        let overrides = &mut world.network.resolver.overrides;
        overrides.insert("1".into(), overridden("*.windows.net", &["10.0.0.1", "fd00::1"]));
        overrides.insert("2".into(), overridden("login.windows.net", &["10.0.0.2"]));
        overrides.insert("3".into(), overridden("20.190.0.0/16", &["10.0.0.3"]));
        overrides.insert("4".into(), overridden("nothing.example", &[]));
    });
    for (name, expected) in [
        (LOGIN, &["10.0.0.1", "fd00::1"][..]),
        // Unregistered names are answered, too.
        ("nobody.windows.net", &["10.0.0.1", "fd00::1"]),
        ("login.microsoftonline.com", &["40.126.1.10"]),
        ("nothing.example", &[]),
    ] {
        assert_eq!(resolved(&site, name).await, expected, "{name}");
    }
}

/// A proxy's lists of addresses are held against what its resolver says.
#[tokio::test]
async fn a_proxy_judges_by_what_it_is_told() {
    for (aaaa, with, status) in [
        (Answering::Records, None, 403),
        (Answering::NameError, None, 403),
        (Answering::Records, Some("203.0.113.99"), 503),
    ] {
        let site = site(|world| {
            let refuses = vec!["203.0.113.10/32".parse().unwrap()];
            let proxy = Proxy { refuses, ..Proxy::open("squid-5") };
            world.network.proxies.insert("10.0.0.5:8080".into(), proxy);
            world.network.resolver.aaaa = aaaa;
            if let Some(with) = with {
                let with = vec![std::str::FromStr::from_str(with).unwrap()];
                let of = "www.msftncsi.com".parse().unwrap();
                world.network.resolver.overrides.insert("o".into(), Override { of, with });
            }
        });
        let client = site.client_behind("10.0.0.5:8080", None);
        let probe =
            marslab_wire::http::Request::get("http://www.msftncsi.com/ncsi.txt".parse().unwrap());
        assert_eq!(client.send(&probe).await.unwrap().status, status, "{aaaa:?} {with:?}");
    }
}
