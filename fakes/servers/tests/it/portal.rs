use marslab_model::world::{Action, Origin, Override, Portal, Rule, World};
use marslab_model::{DialError, HostName, Name};
use marslab_wire::http::HttpError;
use marslab_wire::tls::TlsError;

use crate::site::{FIDELITIES, Site};

const OLD: &str = "http://www.msftncsi.com/ncsi.txt";
const NEW: &str = "http://www.msftconnecttest.com/connecttest.txt";
const SECURE: &str = "https://login.windows.net/nothing";

fn portal(status: u32, location: &str, page: &str) -> Portal {
    let (location, page) = (location.to_owned(), page.to_owned());
    Portal { host: HostName::new("portal.corp.example"), status, location, page }
}

fn divert(world: &mut World, port: Option<u16>) {
    let to = "*".parse().unwrap();
    let rule = Rule { from: Origin::Machines, to, port, action: Action::Divert };
    world.network.firewall.insert(Name::new("10 portal"), rule);
}

#[tokio::test]
async fn an_open_network_answers_the_probes() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        for (probe, body) in [(OLD, "Microsoft NCSI"), (NEW, "Microsoft Connect Test")] {
            let answer = site.get(probe).await.unwrap();
            assert_eq!((answer.status, answer.text().as_ref()), (200, body));
        }
        let name = HostName::new("dns.msftncsi.com");
        let ips: Vec<String> =
            site.network.resolve(&name).await.unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(ips, ["131.107.255.255", "fd3e:4f5a:5b81::1"]);
        // Without a portal there is nowhere to be diverted to.
        let site = Site::new(fidelity, |world| divert(world, None));
        assert_eq!(site.get(OLD).await.unwrap().status, 200);
    }
}

#[tokio::test]
async fn it_answers_in_place_of_everybody() {
    let login = "http://portal.corp.example/login";
    for (status, location, page) in
        [(302, login, ""), (307, login, ""), (200, "", "<h1>Sign in</h1>"), (511, "", "<a href=x>")]
    {
        for fidelity in FIDELITIES {
            let site = Site::new(fidelity, |world| {
                world.network.portals.insert("10.0.0.1".into(), portal(status, location, page));
                divert(world, Some(80));
            });
            for probe in [OLD, NEW] {
                let answer = site.get(probe).await.unwrap();
                assert_eq!(u32::from(answer.status), status);
                assert_eq!(answer.header("location").unwrap_or(""), location);
                assert_eq!(answer.text(), page);
            }
            // What is not in the clear passes.
            assert_eq!(site.get(SECURE).await.unwrap().status, 404);
        }
    }
}

#[tokio::test]
async fn its_certificate_is_for_its_own_name() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            world.network.portals.insert("10.0.0.1".into(), portal(200, "", "Sign in"));
            divert(world, None);
        });
        assert_eq!(site.get(SECURE).await.unwrap_err(), HttpError::Tls(TlsError::WrongName));
        let refused = site.get("http://www.msftncsi.com:81/").await.unwrap_err();
        assert!(matches!(refused, HttpError::Dial { error: DialError::Refused, .. }));
    }
}

#[tokio::test]
async fn names_can_lead_to_it_in_place_of_a_rule() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            world.network.portals.insert("10.0.0.1".into(), portal(200, "", "Sign in"));
            let of = "www.msftncsi.com".parse().unwrap();
            let it = Override { of, with: vec!["10.0.0.1".parse().unwrap()] };
            world.network.resolver.overrides.insert(Name::new("portal"), it);
        });
        assert_eq!(site.get(OLD).await.unwrap().text(), "Sign in");
        assert_eq!(site.get(NEW).await.unwrap().text(), "Microsoft Connect Test");
    }
}
