use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Edit;
use crate::tracked::{FieldPath, Reads};
use crate::world::{Cast, Cloud, Network, Resolver, World};

fn world() -> World {
    World {
        now: Timestamp::UNIX_EPOCH,
        machines: [].into(),
        network: Network {
            names: [("a.example".into(), Vec::new())].into(),
            aliases: [].into(),
            resolver: Resolver::plain(),
            firewall: [].into(),
            proxies: [].into(),
            portals: [].into(),
        },
        cloud: Cloud {
            endpoints: [].into(),
            probes: [].into(),
            latest_agent: "1".to_owned(),
            oldest_agent: "1".to_owned(),
            credentials_hours: 48,
            tenants: [].into(),
            subscriptions: [].into(),
            vaults: [].into(),
            storage_accounts: [].into(),
        },
        cast: Cast::plain(),
    }
}

fn edited(write: impl FnOnce(&mut Edit<'_, World>)) -> (World, BTreeSet<FieldPath>) {
    let (mut world, reads) = (world(), Reads::default());
    reads.begin();
    write(&mut Edit::new(&mut world, &reads));
    (world, reads.take())
}

#[test]
fn writing_reads_nothing() {
    let (world, reads) = edited(|world| {
        world.cloud().latest_agent().set("2");
        world.cloud().probes().insert("a".into(), "b".to_owned());
        world.cloud().probes().at(&"a".into()).set("c");
        world.cloud().probes().at_or_insert("d".into(), String::new()).set("e");
        world.network().names().remove(&"a.example".into());
        world.network().names().at_or_insert("b.example".into(), Vec::new());
    });
    assert_eq!(world.cloud.latest_agent, "2");
    let probes = [("a".into(), "c".to_owned()), ("d".into(), "e".to_owned())].into();
    assert_eq!(world.cloud.probes, probes);
    assert_eq!(world.network.names, [("b.example".into(), Vec::new())].into());
    assert_eq!(reads, BTreeSet::new());
}

#[test]
fn what_is_looked_at_is_recorded() {
    let path = |segments: &[&str]| {
        segments.iter().fold(FieldPath::root(), |path, segment| path.then(segment))
    };
    let (_, reads) = edited(|world| {
        assert_eq!(world.cloud().latest_agent().look().unwrap().get(), "1");
        assert!(world.cloud().probes().at(&"a".into()).look().is_none());
    });
    let expected = [path(&["cloud", "latest-agent"]), path(&["cloud", "probes", "a"])];
    assert_eq!(reads, expected.into());
}

#[test]
fn what_does_not_exist_is_not_written() {
    let (after, _) = edited(|world| {
        world.cloud().probes().at(&"a".into()).set("b");
        world.machines().at(&"SRV01".into()).files().insert("C:\\a".into(), file());
        world.machines().at(&"SRV01".into()).computer_name().set("SRV02");
    });
    assert_eq!(after, world());
}

fn file() -> crate::world::File {
    let (content, attributes) = (b"".as_slice().into(), BTreeSet::new());
    crate::world::File { content, size: 0, modified: Timestamp::UNIX_EPOCH, attributes }
}

#[test]
fn a_full_list_loses_its_oldest() {
    let mut list = vec![1, 2, 3];
    let reads = Reads::default();
    let mut edit = Edit { value: Some(&mut list), at: FieldPath::root(), reads: &reads };
    edit.push(4, 2);
    assert_eq!(list, [3, 4]);
}
