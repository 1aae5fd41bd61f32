use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;

use crate::names::Name;
use crate::net::Target;
use crate::tracked::{Field, FieldPath, touched};
use crate::world::{Action, Cast, Cloud, Network, Origin, Resolver, Rule, World};
use crate::{Change, Map, Reads, Tracked};

fn empty() -> World {
    World {
        now: Timestamp::UNIX_EPOCH,
        machines: Map::new(),
        network: Network {
            names: Map::new(),
            aliases: Map::new(),
            resolver: Resolver::plain(),
            firewall: Map::new(),
            proxies: Map::new(),
            portals: Map::new(),
        },
        cloud: Cloud {
            endpoints: Map::new(),
            probes: Map::new(),
            latest_agent: "1".to_owned(),
            oldest_agent: "1".to_owned(),
            credentials_hours: 48,
            tenants: Map::new(),
            subscriptions: Map::new(),
            vaults: Map::new(),
            storage_accounts: Map::new(),
        },
        cast: Cast::plain(),
    }
}

fn rule() -> Rule {
    Rule { from: Origin::Anyone, to: Target::Any, port: None, action: Action::Drop }
}

fn firewall() -> Field<Map<Name, Rule>> {
    Field::world().network().firewall()
}

#[test]
fn a_change_is_seen_exactly_where_it_was_made() {
    let before = empty();
    let mut after = before.clone();
    after.apply(&firewall().at("block *.x/y").set(rule())).unwrap();
    assert_eq!(after.network.firewall[&Name::new("block *.x/y")], rule());
    let footprint = before.differences_from(&after);
    assert_eq!(
        footprint.iter().map(FieldPath::as_str).collect::<Vec<_>>(),
        ["network/firewall/block ~2.x~1y"]
    );

    after.apply(&firewall().at("BLOCK *.x/y").action().set(Action::Reset)).unwrap();
    after.apply(&firewall().at("block *.x/y").removed()).unwrap();
    assert_eq!(after, before);
}

#[test]
fn a_change_that_does_not_fit_changes_nothing() {
    let mut world = empty();
    let before = world.clone();
    let absent = firewall().at("absent").action().set(Action::Reset);
    assert!(world.apply(&absent).unwrap_err().to_string().contains("network/firewall/absent"));
    let odd = Change::Set { at: FieldPath::root().then("now"), to: "yesterday".into() };
    assert!(world.apply(&odd).unwrap_err().to_string().contains("yesterday"));
    let fixed = Change::Remove { at: FieldPath::root().then("network") };
    assert!(world.apply(&fixed).is_err());
    assert!(world.apply(&Change::Restart { machine: Name::new("nobody") }).is_err());
    assert_eq!(world, before);
}

#[test]
fn reading_is_recorded_also_where_nothing_was_found() {
    let mut world = empty();
    let reads = Reads::default();
    reads.begin();
    let none = Tracked::new(&world, &reads).network().firewall().at(&Name::new("block"));
    assert!(none.is_none());
    let before = world.clone();
    world.apply(&firewall().at("block").set(rule())).unwrap();
    world.apply(&Change::Elapse { seconds: 5 }).unwrap();
    let footprint = before.differences_from(&world);
    assert_eq!(footprint.len(), 2);
    let fired = touched(&footprint, &reads.take());
    assert_eq!(fired.iter().map(FieldPath::as_str).collect::<Vec<_>>(), ["network/firewall/block"]);
}

proptest! {
    #[test]
    fn copying_what_differs_makes_equal(
        before in prop::collection::btree_map("[a-c]{1,2}", any::<bool>(), 0..6),
        after in prop::collection::btree_map("[a-c]{1,2}", any::<bool>(), 0..6),
    ) {
        let world = |rules: &BTreeMap<String, bool>| {
            let mut world = empty();
            for (name, is_reset) in rules {
                let action = if *is_reset { Action::Reset } else { Action::Drop };
                world.network.firewall.insert(Name::new(name.as_str()), Rule { action, ..rule() });
            }
            world
        };
        let (before, mut after) = (world(&before), world(&after));
        let footprint = before.differences_from(&after);
        after.copy_fields(&before, &footprint);
        prop_assert_eq!(after, before);
    }

    #[test]
    fn changes_commute_with_writing_the_world_down(names in prop::collection::vec("[a-d]{1,2}", 0..12)) {
        let mut direct = empty();
        let mut written = empty();
        for name in &names {
            let field = firewall().at(name.as_str());
            let there = direct.network.firewall.contains_key(&Name::new(name.as_str()));
            let change = if there { field.removed() } else { field.set(rule()) };
            direct.apply(&change).unwrap();
            let text = serde_json::to_string(&change).unwrap();
            written.apply(&serde_json::from_str(&text).unwrap()).unwrap();
            let world = serde_json::to_string(&written).unwrap();
            written = serde_json::from_str(&world).unwrap();
        }
        prop_assert_eq!(&direct, &written);
        prop_assert!(direct.differences_from(&written).is_empty());
    }
}
