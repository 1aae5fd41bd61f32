use marslab_model::admin::{FirewallRule, RegistryAdmin as _, SystemAdmin as _};
use marslab_model::host::{Registry as _, System as _, TimeZoneInfo};
use marslab_model::net::Target;
use marslab_model::world::{Action, Origin, Rule};
use marslab_model::{KeyPath, Name};

use crate::tests::{SYSTEM, of, start, with};

#[test]
fn a_new_zone_leaves_utc_alone() {
    let machine = with(|_| {});
    let before = machine.now();
    let zone = TimeZoneInfo { id: "Taipei Standard Time".to_owned(), utc_offset_minutes: 480 };
    machine.set_zone(&zone);
    assert_eq!((machine.zone(), machine.now()), (zone, before));
}

#[test]
fn the_clock_is_set_and_set_right() {
    let machine = with(|_| {});
    let wrong = "2020-01-01T12:00:00Z".parse().unwrap();
    machine.set_time(wrong);
    assert_eq!(machine.now(), wrong);
    machine.synchronize_time();
    assert_eq!(machine.now(), start());
}

#[test]
fn a_restart_takes_over_the_environment() {
    let machine = with(|world| {
        of(world).environment.insert(Name::new("NEW"), "1".to_owned());
    });
    assert!(!machine.environment_at_boot().unwrap().contains_key(&Name::new("NEW")));
    machine.restart();
    assert!(machine.environment_at_boot().unwrap().contains_key(&Name::new("NEW")));
}

#[test]
fn roots_of_the_labs_authorities_only() {
    let machine = with(|_| {});
    let root = machine.trusted_roots().unwrap().remove(0);
    let count = machine.trusted_roots().unwrap().len();
    assert!(machine.remove_trusted_root(&root));
    assert!(!machine.remove_trusted_root(&root));
    assert_eq!(machine.trusted_roots().unwrap().len(), count - 1);
    assert!(machine.add_trusted_root(&root));
    assert_eq!(machine.trusted_roots().unwrap().len(), count);
    assert!(!machine.add_trusted_root(b"no certificate"));
}

#[test]
fn keys_are_made_and_removed_with_what_is_below() {
    let machine = with(|_| {});
    let (top, below) = (KeyPath::new(r"HKLM\SOFTWARE\New"), KeyPath::new(r"HKLM\SOFTWARE\New\Sub"));
    machine.create_registry_key(&SYSTEM, &below);
    assert!(machine.registry_subkeys(&SYSTEM, &top).unwrap().contains(&below));
    assert!(machine.remove_registry_key(&SYSTEM, &top));
    assert!(!machine.remove_registry_key(&SYSTEM, &top));
    assert!(machine.registry_subkeys(&SYSTEM, &top).unwrap().is_empty());
}

#[test]
fn the_firewall_has_rules_that_windows_could_have() {
    let machine = with(|world| {
        let rule = |action| Rule { from: Origin::Machines, to: Target::Any, port: None, action };
        world.network.firewall.insert(Name::new("a"), rule(Action::Drop));
        world.network.firewall.insert(Name::new("b"), rule(Action::Divert));
    });
    let rule = FirewallRule { to: Target::Any, port: None, allows: false };
    let rules = machine.firewall_rules();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), [(Name::new("a"), rule)]);
    assert!(!machine.remove_firewall_rule(&Name::new("b")));
    assert!(machine.remove_firewall_rule(&Name::new("A")));
    assert!(machine.firewall_rules().is_empty());
}

#[test]
fn a_driver_is_for_a_hardware_id() {
    let machine = with(|world| {
        let it = of(world).devices.get_mut(&Name::new(r"ROOT\ISCSIPRT\0000")).unwrap();
        it.class = String::new();
    });
    assert!(!machine.install_driver("OTHER", "Net", "x"));
    assert!(machine.install_driver(r"root\iscsiprt", "SCSIAdapter", "Initiator"));
    let device = machine.devices().unwrap().remove(&Name::new(r"ROOT\ISCSIPRT\0000")).unwrap();
    assert_eq!((device.class.as_str(), device.name.as_str()), ("SCSIAdapter", "Initiator"));
}
