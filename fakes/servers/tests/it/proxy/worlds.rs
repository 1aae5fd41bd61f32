//! A request sees one world or another, never something of both.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use marslab_model::Change;
use marslab_model::tracked::Field;
use marslab_model::world::{Action, Origin, Rule};
use tokio::task::JoinSet;

use super::{FIDELITIES, LOGIN, PROBE, PROXY, Site, answered, proxy, seen, with};

/// What changes a world, and the status that a client of the proxy then sees.
type Side = (Vec<Change>, u16);

/// Whether the proxy refuses everything.
fn refuses(all: &[&str]) -> Change {
    let targets = all.iter().map(|target| target.parse().unwrap()).collect::<Vec<_>>();
    Field::world().network().proxies().at(PROXY).refuses().set(targets)
}

/// Sets the firewall's action on the proxy's own connections.
fn onward(action: Action) -> Change {
    let rule = Rule { from: Origin::Proxies, to: "*".parse().unwrap(), port: None, action };
    Field::world().network().firewall().at("10 onward").set(rule)
}

/// Whether the probe's server is interrupted.
fn interrupted(until: Option<Timestamp>) -> Change {
    Field::world().cloud().endpoints().at("www.msftncsi.com").service_issue_until().set(until)
}

/// Many ask while an administrator goes to and fro between two worlds, without a pause.
async fn check(fidelity: marslab_network::Fidelity, url: &'static str, sides: [Side; 2]) {
    let site = Arc::new(Site::new(fidelity, with(&proxy(&[], &[]))));
    let statuses = BTreeSet::from([sides[0].1, sides[1].1]);
    for (changes, status) in &sides {
        site.running.apply_all(changes).unwrap();
        assert_eq!(seen(&site, url, None).await.0, *status, "{fidelity:?} {url}");
    }
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let site = Arc::clone(&site);
        clients.spawn(async move {
            let mut statuses = BTreeSet::new();
            for _ in 0..REQUESTS {
                // The proxy closes a connection where the world does not come to rest.
                statuses.extend(answered(&site, url, None).await.map(|(status, _)| status));
            }
            statuses
        });
    }
    let mut seen = BTreeSet::new();
    while !clients.is_empty() {
        for (changes, _) in &sides {
            site.running.apply_all(changes).unwrap();
            tokio::task::yield_now().await;
        }
        while let Some(ended) = clients.try_join_next() {
            seen.extend(ended.unwrap());
        }
    }
    assert!(!seen.is_empty());
    assert!(seen.is_subset(&statuses), "{fidelity:?} {url}: {seen:?}, not only {statuses:?}");
}

/// Either the proxy refuses a destination that could be reached, or it may try and cannot.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn admission_and_reachability_are_of_one_world() {
    for fidelity in FIDELITIES {
        for url in [PROBE, LOGIN] {
            let refused = vec![refuses(&["*"]), onward(Action::Allow)];
            let lost = vec![refuses(&[]), onward(Action::Reset)];
            check(fidelity, url, [(refused, 403), (lost, 503)]).await;
        }
    }
}

/// Either the proxy refuses a server that would answer, or it passes on that the server is interrupted.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn admission_and_what_is_passed_on_are_of_one_world() {
    for fidelity in FIDELITIES {
        let refused = vec![refuses(&["*"]), interrupted(None)];
        let broken = vec![refuses(&[]), interrupted(Some(Timestamp::MAX))];
        check(fidelity, PROBE, [(refused, 403), (broken, 500)]).await;
    }
}

const CLIENTS: usize = 8;

/// Of each client.
const REQUESTS: usize = 150;
