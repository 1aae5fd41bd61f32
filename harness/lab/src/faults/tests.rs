use marslab_model::{Change, World};

use super::{FAULTS, Fault, NotApplicable, fault};
use crate::base;
use crate::kind::tests::{check_entry, check_table, example, read};
use crate::settings::{SETTINGS, setting};

const NOW: &str = "2019-05-20T03:00:00Z";

/// The healthy world, the same with each setting as in its example, and one in which the server is registered.
fn worlds() -> Vec<World> {
    let healthy = base::healthy(NOW.parse().unwrap());
    let mut worlds = vec![healthy.clone()];
    for kind in SETTINGS {
        let mut world = healthy.clone();
        make(&mut world, &example(kind).changes(&healthy).unwrap());
        worlds.push(world);
    }
    let mut registered = healthy.clone();
    let registering = example(fault("registered-with").unwrap()).changes(&healthy).unwrap();
    make(&mut registered, &registering);
    worlds.push(registered);
    worlds
}

fn make(world: &mut World, changes: &[Change]) {
    for change in changes {
        world.apply(change).unwrap();
    }
}

#[test]
fn every_file_is_a_fault() {
    check_table("faults", FAULTS);
    FAULTS.iter().for_each(|kind| check_entry(kind));
}

#[test]
fn every_example_applies_to_some_world_and_changes_it() {
    for kind in FAULTS {
        let fault = example(kind);
        let mut refusals = Vec::new();
        let applies = worlds().into_iter().any(|world| match fault.changes(&world) {
            Ok(changes) => {
                let mut broken = world.clone();
                make(&mut broken, &changes);
                assert_ne!(broken, world, "`{}` changes nothing", kind.name);
                true
            }
            Err(why) => {
                refusals.push(why.0);
                false
            }
        });
        assert!(applies, "`{}` applies to no world: {refusals:?}", kind.name);
    }
}

#[track_caller]
fn changes(name: &str, parameters: &str, world: &World) -> Result<Vec<Change>, NotApplicable> {
    let fault: std::sync::Arc<dyn Fault> = read(fault(name).unwrap(), parameters).unwrap();
    fault.changes(world)
}

#[test]
fn a_fault_says_why_it_does_not_apply() {
    let healthy = base::healthy(NOW.parse().unwrap());
    let mut behind_proxy = healthy.clone();
    make(&mut behind_proxy, &example(setting("behind-proxy").unwrap()).changes(&healthy).unwrap());
    let asks = "{ schemes = ['basic'], user = 'u' }";
    let refused = changes("proxy-asks", asks, &healthy).unwrap_err();
    assert_eq!(refused.to_string(), "the network has no proxy");
    let elsewhere = "{ schemes = ['basic'], user = 'u', proxy = '10.0.0.6:3128' }";
    let refused = changes("proxy-asks", elsewhere, &behind_proxy).unwrap_err();
    assert_eq!(refused.to_string(), "the network has no proxy at 10.0.0.6:3128");
    let refused = changes("file-missing", r"{ path = 'C:\absent.txt' }", &healthy).unwrap_err();
    assert_eq!(refused.to_string(), r"SRV01 has no file `C:\absent.txt`");
}

#[test]
fn blocking_twice_is_refused() {
    let mut world = base::healthy(NOW.parse().unwrap());
    let blocks = "{ to = ['*.windows.net', '40.126.0.0/18'], action = 'reset', port = 443 }";
    let made = changes("blocks", blocks, &world).unwrap();
    make(&mut world, &made);
    let names: Vec<String> = world.network.firewall.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["10 block *.windows.net port 443", "10 block 40.126.0.0/18 port 443"]);
    assert!(changes("blocks", blocks, &world).is_err());
    assert!(changes("blocks", "{ to = ['*.windows.net'] }", &world).is_ok());
}
