use std::sync::Arc;

use marslab_model::world::RegValue;
use marslab_model::{HostName, KeyPath, Name, World};

use super::{SETTINGS, setting};
use marslab_actions::setting::Setting;
use marslab_actions::testing::{check_entry, check_table, example, read};
use marslab_base as base;

fn healthy() -> World {
    base::healthy("2019-05-20T03:00:00Z".parse().unwrap())
}

#[test]
fn every_file_is_a_setting() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/settings");
    check_table(folder, SETTINGS, &["tests"], &["dotnet-version", "edit", "tls-version-off"]);
    SETTINGS.iter().for_each(|kind| check_entry(kind));
}

#[test]
fn every_example_applies_to_the_healthy_world_and_changes_it() {
    for kind in SETTINGS {
        let mut world = healthy();
        let made = example(kind);
        for change in made.changes(&healthy()).unwrap() {
            world.apply(&change).unwrap();
        }
        let is_changed = world != healthy() || !made.done_before().operations.is_empty();
        assert!(is_changed, "`{}` changes nothing", kind.name);
    }
}

#[track_caller]
fn behind_proxy(parameters: &str) -> World {
    let made: Arc<dyn Setting> = read(setting("behind-proxy").unwrap(), parameters).unwrap();
    let mut world = healthy();
    for change in made.changes(&healthy()).unwrap() {
        world.apply(&change).unwrap();
    }
    world
}

#[track_caller]
fn value(world: &World, key: &str, name: &str) -> Option<RegValue> {
    let values = world.machines[&Name::new(base::MACHINE)].registry.get(&KeyPath::new(key))?;
    values.get(&Name::new(name)).cloned()
}

const AGENT: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";
const SYSTEM: &str = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
const ADMIN: &str = r"HKU\S-1-5-21-1004336348-1177238915-682003330-1104\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

#[test]
fn only_the_proxy_leads_out() {
    let world = behind_proxy(r#"{ address = "10.0.0.5:8080", agent-knows-it = true }"#);
    let decides = |name: &str, ip: &str| {
        let (name, ip) = (HostName::new(name), ip.parse().ok());
        let rule = world.network.firewall.iter().find(|(_, rule)| rule.to.matches(Some(&name), ip));
        rule.map(|(name, _)| name.as_str())
    };
    assert_eq!(decides("proxy", "10.0.0.5"), Some("50 inside"));
    assert_eq!(decides("login.windows.net", "20.190.129.10"), Some("90 outside"));
    assert!(world.network.proxies.contains_key(&Name::new("10.0.0.5:8080")));
}

#[test]
fn who_knows_the_proxy_has_it_in_the_registry() {
    let world = behind_proxy(r#"{ address = "10.0.0.5:8080", agent-knows-it = true }"#);
    assert_eq!(value(&world, AGENT, "ProxyServer"), Some("http://10.0.0.5".into()));
    assert_eq!(value(&world, AGENT, "ProxyPort"), Some(8080.into()));
    assert_eq!(value(&world, ADMIN, "ProxyServer"), Some("10.0.0.5:8080".into()));
    assert_eq!(value(&world, SYSTEM, "ProxyEnable"), Some(0.into()));

    let world = behind_proxy(r#"{ address = "10.0.0.5:8080", system-knows-it = true }"#);
    assert_eq!(value(&world, AGENT, "ProxyServer"), None);
    assert_eq!(value(&world, SYSTEM, "ProxyServer"), Some("10.0.0.5:8080".into()));
    assert_eq!(value(&world, SYSTEM, "ProxyEnable"), Some(1.into()));
}

#[test]
fn somebody_must_know_the_proxy() {
    let made = read(setting("behind-proxy").unwrap(), r#"{ address = "10.0.0.5:8080" }"#).unwrap();
    let refused = made.changes(&healthy()).unwrap_err().to_string();
    assert!(refused.contains("`agent-knows-it`"), "{refused}");
}
