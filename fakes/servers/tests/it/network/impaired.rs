//! Connections that are impaired by counting firewall rules.

use marslab_model::tracked::Field;
use marslab_model::world::{Action, Effect, Impairment, Origin, Rule};
use marslab_wire::http::HttpError;

use crate::site::{FIDELITIES, Site};

const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";
const OTHER: &str = "http://www.msftconnecttest.com/connecttest.txt";

fn rule(from_connection: u64, times: Option<u64>, after_bytes: u64, what: Effect) -> Rule {
    let impairment = Impairment { from_connection, from_request: None, times, after_bytes, what };
    let to = "www.msftncsi.com".parse().unwrap();
    Rule { from: Origin::Machines, to, port: Some(80), action: Action::Impair(impairment) }
}

#[tokio::test]
async fn connections_are_counted_for_each_rule() {
    for fidelity in FIDELITIES {
        for (rule, expected) in [
            (rule(3, Some(1), 0, Effect::Reset), [true, true, false, true]),
            (rule(1, Some(2), 20, Effect::Close), [false, false, true, true]),
            (rule(2, None, 20, Effect::Stall(60)), [true, false, false, false]),
            (rule(1, None, 9_999, Effect::Reset), [true; 4]),
            (rule(1, None, 0, Effect::Slow(50)), [true; 4]),
        ] {
            counts(&Site::new(fidelity, |_| {}), &rule, &expected).await;
        }
    }
}

async fn counts(site: &Site, rule: &Rule, expected: &[bool]) {
    let field = || Field::world().network().firewall().at("r");
    for _again in 0..2 {
        site.running.apply(&field().set(rule.clone())).unwrap();
        for passes in expected {
            // What the rule is not for is neither struck nor counted.
            assert_eq!(site.get(OTHER).await.unwrap().status, 200);
            let seen = site.get(PROBE).await;
            assert_eq!(seen.is_ok(), *passes, "{rule:?}");
            assert!(seen.is_ok() || matches!(seen, Err(HttpError::Closed)), "{seen:?}");
        }
        // A rule that is put in again counts from the start.
        site.running.apply(&field().removed()).unwrap();
        assert_eq!(site.get(PROBE).await.unwrap().status, 200);
    }
}

#[tokio::test]
async fn waiting_takes_world_time() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            world.network.firewall.insert("r".into(), rule(1, Some(1), 0, Effect::Stall(75)));
        });
        assert!(site.get(PROBE).await.is_err());
        assert_eq!(site.seconds(), 75);
        assert!(site.get(PROBE).await.is_ok());
        assert_eq!(site.seconds(), 75);
    }
}
