mod impaired;
mod names;

use marslab_model::tracked::{Field, FieldPath};
use marslab_model::world::{Action, Endpoint, Origin, Role, Rule, ServerCertificate, TlsVersion};
use marslab_model::{Address, DialError, HostName, Name, World};
use marslab_wire::http::{HttpError, Request, TlsConfig};
use marslab_wire::tls::TlsError;

use crate::site::{FIDELITIES, Site};
use marslab_base as base;
use marslab_network::Fidelity;

fn rule(from: Origin, to: &str, port: Option<u16>, action: Action) -> Rule {
    Rule { from, to: to.parse().unwrap(), port, action }
}

fn firewall(rules: &[(&str, Rule)]) -> impl Fn(&mut World) {
    let rules = rules.to_vec();
    move |world| {
        world.network.firewall =
            rules.iter().map(|(name, rule)| (Name::new(*name), rule.clone())).collect();
    }
}

/// Dials as a machine, with one rule in the way.
async fn check(
    from: Origin,
    to: (&str, u16),
    rules: &[(&str, Rule)],
    expected: (Option<DialError>, i64),
) {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, firewall(rules));
        let dialled = site.network.dial(from, &Address::new(to.0, to.1)).await;
        let seen = (dialled.err(), site.seconds());
        assert_eq!(seen, expected, "{fidelity:?} {to:?} {rules:?}; {:?}", site.said());
    }
}

const LOGIN: (&str, u16) = ("login.windows.net", 443);
const FREE: (Option<DialError>, i64) = (None, 0);
const LOST: (Option<DialError>, i64) = (Some(DialError::TimedOut), 21);
const REFUSED: (Option<DialError>, i64) = (Some(DialError::Refused), 0);

#[tokio::test]
async fn where_nobody_listens() {
    use Origin::Machines;
    check(Machines, LOGIN, &[], FREE).await;
    check(Machines, ("20.190.129.10", 443), &[], FREE).await;
    check(Machines, ("nowhere.example", 443), &[], (Some(DialError::NoSuchHost), 0)).await;
    check(Machines, ("login.windows.net", 80), &[], REFUSED).await;
    check(Machines, ("20.190.129.10", 80), &[], REFUSED).await;
    check(Machines, ("192.0.2.77", 443), &[], LOST).await;
    check(Machines, ("127.0.0.1", 22), &[], LOST).await;
    check(Machines, ("www.msftncsi.com", 443), &[], REFUSED).await;
    check(Machines, ("pod01-rec2.jpe.backup.windowsazure.com", 3260), &[], FREE).await;
}

#[tokio::test]
async fn a_server_listens_once_it_is_dialled_and_until_its_world_ends() {
    let site = Site::new(Fidelity::Loopback, |_world| {});
    assert!(site.network.listeners().is_empty());
    site.get(PROBE).await.unwrap();
    let dialled = site.network.listeners();
    assert_eq!(dialled.len(), 1, "{dialled:?}");
    site.network.open().await.unwrap();
    let all = site.network.listeners();
    assert!(all.len() > 5 && dialled.iter().all(|(who, at)| all.get(who) == Some(at)), "{all:?}");
    drop(site);
    // The runtime had no time for the tasks that accept.
    for at in all.into_values() {
        assert!(std::net::TcpStream::connect(at).is_err(), "{at}");
    }
}

/// Linux tells which ports are kept for connections that have ended (TIME_WAIT, state 6).
#[cfg(target_os = "linux")]
fn kept() -> std::collections::BTreeSet<[String; 2]> {
    let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
    let ends = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let &[_, local, remote, "06", ..] = words.as_slice() else { return None };
        Some([local.to_owned(), remote.to_owned()])
    };
    table.lines().filter_map(ends).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_port_is_kept_for_a_connection_that_has_ended() {
    // Another process may have had the same port a minute ago.
    let before = kept();
    let site = Site::new(Fidelity::Loopback, |_world| {});
    for _ in 0..8 {
        site.get(PROBE).await.unwrap();
    }
    let port = site.network.listeners().into_values().next().unwrap().port();
    let at = format!("0100007F:{port:04X}");
    let new = kept().into_iter().filter(|ends| ends.contains(&at) && !before.contains(ends));
    assert_eq!(new.collect::<Vec<_>>(), Vec::<[String; 2]>::new());
}

const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";

#[tokio::test]
async fn each_action_of_a_rule() {
    for (action, expected) in [
        (Action::Allow, FREE),
        (Action::Drop, LOST),
        (Action::Reset, REFUSED),
        (Action::Unreachable, (Some(DialError::Unreachable), 0)),
    ] {
        check(Origin::Machines, LOGIN, &[("r", rule(Origin::Anyone, "*", None, action))], expected)
            .await;
    }
}

#[tokio::test]
async fn whom_a_rule_matches() {
    for (from, to, port, matches) in [
        (Origin::Machines, "*", None, true),
        (Origin::Proxies, "*", None, false),
        (Origin::Anyone, "login.windows.net", None, true),
        (Origin::Anyone, "LOGIN.windows.NET", None, true),
        (Origin::Anyone, "management.azure.com", None, false),
        (Origin::Anyone, "*.windows.net", None, true),
        (Origin::Anyone, "*.net", None, true),
        (Origin::Anyone, "*.indows.net", None, false),
        (Origin::Anyone, "20.190.128.0/18", None, true),
        (Origin::Anyone, "40.126.0.0/18", None, false),
        (Origin::Anyone, "20.190.129.10", None, true),
        (Origin::Anyone, "*", Some(443), true),
        (Origin::Anyone, "*", Some(80), false),
    ] {
        let expected = if matches { REFUSED } else { FREE };
        check(Origin::Machines, LOGIN, &[("r", rule(from, to, port, Action::Reset))], expected)
            .await;
    }
    // By its address a name is not known.
    let by_name = [("r", rule(Origin::Anyone, "login.windows.net", None, Action::Reset))];
    check(Origin::Machines, ("20.190.129.10", 443), &by_name, FREE).await;
    let for_proxies = [("r", rule(Origin::Proxies, "*", None, Action::Reset))];
    check(Origin::Proxies, LOGIN, &for_proxies, REFUSED).await;
}

#[tokio::test]
async fn the_first_rule_that_matches_decides() {
    let rules = |first: &'static str, second: &'static str| {
        [
            (first, rule(Origin::Anyone, "*.windows.net", None, Action::Allow)),
            (second, rule(Origin::Anyone, "*", None, Action::Unreachable)),
        ]
    };
    check(Origin::Machines, LOGIN, &rules("a", "b"), FREE).await;
    check(Origin::Machines, LOGIN, &rules("b", "a"), (Some(DialError::Unreachable), 0)).await;
}

#[tokio::test]
async fn every_address_of_a_name_is_tried() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            let ips = ["192.0.2.1", "20.190.129.10"].map(|ip| ip.parse().unwrap());
            world.network.names.insert("login.windows.net".into(), ips.into());
            let dropped = rule(Origin::Anyone, "192.0.2.0/24", None, Action::Drop);
            world.network.firewall.insert("r".into(), dropped);
        });
        site.network.dial(Origin::Machines, &Address::new(LOGIN.0, LOGIN.1)).await.unwrap();
        assert_eq!(site.seconds(), 21);
        assert_eq!(
            site.said(),
            [
                "login.windows.net | dial 192.0.2.1:443 | the connection timed out (10060)",
                "login.windows.net | dial 20.190.129.10:443 | connected",
            ]
        );
    }
}

#[tokio::test]
async fn changes_of_a_running_network_count() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let host = "www.example.com";
        let url = format!("http://{host}/a.txt");
        assert!(matches!(
            site.get(&url).await,
            Err(HttpError::Dial { error: DialError::NoSuchHost, .. })
        ));
        let endpoint = Endpoint {
            role: Role::Probe,
            root: Name::new(base::ROOT),
            certificate: ServerCertificate::good(),
            tls_min: TlsVersion::V1_2,
            tls_max: TlsVersion::V1_2,
            service_issue_until: None,
        };
        let ips: Vec<std::net::IpAddr> = vec!["192.0.2.9".parse().unwrap()];
        for change in [
            Field::world().network().names().at(host).set(ips),
            Field::world().cloud().endpoints().at(host).set(endpoint),
            Field::world().cloud().probes().at("www.example.com/a.txt").set("hello"),
        ] {
            site.running.apply(&change).unwrap();
        }
        assert_eq!(site.get(&url).await.unwrap().text(), "hello");
        let gone = Field::world().cloud().endpoints().at(host).removed();
        site.running.apply(&gone).unwrap();
        assert!(matches!(
            site.get(&url).await,
            Err(HttpError::Dial { error: DialError::Refused, .. })
        ));
    }
}

#[tokio::test]
async fn a_dial_reads_what_decides() {
    let rules = [
        ("a", rule(Origin::Proxies, "*", None, Action::Drop)),
        ("b", rule(Origin::Anyone, "*", Some(80), Action::Drop)),
        ("c", rule(Origin::Anyone, "*", Some(443), Action::Allow)),
    ];
    let site = Site::new(FIDELITIES[0], firewall(&rules));
    site.running.reads().begin();
    site.network.dial(Origin::Machines, &Address::new(LOGIN.0, LOGIN.1)).await.unwrap();
    let reads: Vec<String> = site.running.reads().take().iter().map(FieldPath::to_string).collect();
    // The server itself begins to work when it is polled.
    assert_eq!(
        reads,
        [
            "cloud/endpoints/login.windows.net/role",
            "network/firewall/*",
            "network/firewall/a/from",
            "network/firewall/b/from",
            "network/firewall/b/port",
            "network/firewall/c/action",
            "network/firewall/c/from",
            "network/firewall/c/port",
            "network/firewall/c/to",
            "network/names/login.windows.net",
            "network/portals/20.190.129.10",
            "network/proxies/20.190.129.10:443",
            "network/resolver/a",
            "network/resolver/aaaa",
            "network/resolver/delivery",
            "network/resolver/overrides/*",
            "network/resolver/zones/*",
        ]
    );
}

#[tokio::test]
async fn resolving() {
    let site = Site::new(FIDELITIES[0], |world| {
        world.network.names.insert("empty.example".into(), Vec::new());
    });
    for (name, expected) in [
        ("login.windows.net", Ok(vec!["20.190.129.10".parse().unwrap()])),
        ("LOGIN.WINDOWS.NET", Ok(vec!["20.190.129.10".parse().unwrap()])),
        ("10.1.2.3", Ok(vec!["10.1.2.3".parse().unwrap()])),
        ("empty.example", Err(DialError::NoSuchHost)),
        ("nowhere.example", Err(DialError::NoSuchHost)),
    ] {
        assert_eq!(site.network.resolve(&HostName::new(name)).await, expected, "{name}");
    }
}

#[tokio::test]
async fn tls_versions_and_roots() {
    use TlsVersion::{V1_0, V1_1, V1_2, V1_3};
    for fidelity in FIDELITIES {
        for (server, offered, expected) in [
            ((V1_0, V1_2), vec![V1_2], None),
            ((V1_0, V1_2), vec![V1_2, V1_3], None),
            ((V1_2, V1_3), vec![V1_3], None),
            ((V1_2, V1_2), vec![V1_3], Some(TlsError::NoCommonVersion)),
            ((V1_2, V1_2), vec![V1_0, V1_1], Some(TlsError::NoCommonVersion)),
            ((V1_2, V1_2), vec![], Some(TlsError::NothingOffered)),
        ] {
            let site = Site::new(fidelity, |world| {
                let endpoint = world.cloud.endpoints.get_mut(&HostName::new(LOGIN.0)).unwrap();
                (endpoint.tls_min, endpoint.tls_max) = server;
            });
            let mut client = site.client();
            client.tls.versions.clone_from(&offered);
            let request = Request::get("https://login.windows.net/".parse().unwrap());
            let outcome = client.send(&request).await;
            let seen = match outcome {
                Ok(answer) => {
                    assert_eq!(answer.status, 404);
                    None
                }
                Err(HttpError::Tls(error)) => Some(error),
                Err(other) => panic!("{fidelity:?} {server:?} {offered:?}: {other}"),
            };
            assert_eq!(seen, expected, "{fidelity:?} {server:?} {offered:?}");
        }
    }
}

#[tokio::test]
async fn certificates_are_for_their_roots_names_and_times() {
    let other = Name::new("DigiCert Global Root CA");
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            let endpoint = world.cloud.endpoints.get_mut(&HostName::new(LOGIN.0)).unwrap();
            let (stray, endpoint) = (endpoint.clone(), endpoint);
            endpoint.root = other.clone();
            world.cloud.endpoints.insert("www.example.com".into(), stray);
            world
                .network
                .names
                .insert("www.example.com".into(), vec!["192.0.2.1".parse().unwrap()]);
        });
        let root = |name: &Name| site.root_certificate(name).unwrap();
        let (right, wrong) = (root(&other), root(&Name::new(base::ROOT)));
        assert_eq!(right, root(&Name::new("DIGICERT global root ca")), "names have no case");
        let issuer = format!("O=marslab\\, no real authority, CN={other}");
        let untrusted = TlsError::UntrustedRoot { issuer, issuer_at: None };
        let late = site.now() + jiff::SignedDuration::from_hours(24 * 402);
        for (url, trust, now, expected) in [
            ("https://login.windows.net/", &right, site.now(), None),
            ("https://login.windows.net/", &wrong, site.now(), Some(untrusted)),
            ("https://login.windows.net/", &right, late, Some(TlsError::Expired)),
            // The lab's authorities vouch for the documented names and no others.
            (
                "https://www.example.com/",
                &wrong,
                site.now(),
                Some(TlsError::BadCertificate {
                    reason: marslab_wire::tls::CertificateProblem::Rule,
                }),
            ),
        ] {
            let mut client = site.client();
            client.tls = TlsConfig { roots: vec![trust.as_slice().into()], now, ..client.tls };
            let outcome = client.send(&Request::get(url.parse().unwrap())).await;
            let seen = match outcome {
                Ok(_) => None,
                Err(HttpError::Tls(error)) => Some(error),
                Err(other) => panic!("{fidelity:?} {url}: {other}"),
            };
            assert_eq!(seen, expected, "{fidelity:?} {url}");
        }
    }
}

#[tokio::test]
async fn servers_renew_their_certificates_and_roots_last() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        for years in [1, 2, 12] {
            site.running.wait(years * 365 * 86_400);
            let answer = site.get("https://login.windows.net/").await.unwrap();
            assert_eq!(answer.status, 404, "{fidelity:?}, {years} years later");
        }
    }
}

#[tokio::test]
async fn a_refused_certificate_is_in_the_journal() {
    let site = Site::new(Fidelity::Memory, |_| {});
    let mut client = site.client();
    client.tls.roots.clear();
    let request = Request::get("https://login.windows.net/".parse().unwrap());
    client.send(&request).await.unwrap_err();
    let said = site.said();
    let refused =
        "login.windows.net | TLS | the certificate does not chain to a trusted root".to_owned();
    assert!(said.contains(&refused), "{said:?}");
}

#[tokio::test]
async fn certificates_follow_from_the_seed() {
    let root = Name::new(base::ROOT);
    for (fidelity, same) in FIDELITIES.into_iter().zip([true, true, false]) {
        let (one, two) = (Site::new(fidelity, |_| {}), Site::new(fidelity, |_| {}));
        let equal = one.root_certificate(&root) == two.root_certificate(&root);
        assert_eq!(equal, same, "{fidelity:?}");
    }
}

#[tokio::test]
async fn a_flood_is_refused() {
    for fidelity in [FIDELITIES[0], FIDELITIES[2]] {
        let site = Site::new(fidelity, |_| {});
        let to = Address::new("www.msftncsi.com", 80);
        let mut open = Vec::new();
        for _ in 0..400 {
            open.push(site.network.dial(Origin::Machines, &to).await);
        }
        assert!(open.iter().all(Result::is_ok));
        drop(open);
        assert_eq!(site.get("http://www.msftncsi.com/ncsi.txt").await.unwrap().status, 200);
    }
    let site = Site::new(FIDELITIES[0], |_| {});
    let to = Address::new("www.msftncsi.com", 80);
    let mut open = Vec::new();
    while open.len() < 20_000 {
        match site.network.dial(Origin::Machines, &to).await {
            Ok(connection) => open.push(connection),
            Err(error) => {
                assert_eq!(error, DialError::Refused);
                return;
            }
        }
    }
    panic!("{} connections were open at a time", open.len());
}

#[tokio::test]
async fn dropping_the_network_ends_its_servers() {
    use tokio::io::AsyncReadExt;
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let to = Address::new("www.msftncsi.com", 80);
        let mut connection = site.network.dial(Origin::Machines, &to).await.unwrap();
        let alive = std::sync::Arc::downgrade(&site.network);
        drop(site);
        assert!(alive.upgrade().is_none(), "{fidelity:?}");
        let mut byte = [0];
        // Closed or reset.
        assert!(!matches!(connection.stream.read(&mut byte).await, Ok(1..)), "{fidelity:?}");
    }
}
