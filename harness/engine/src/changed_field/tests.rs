use jiff::Timestamp;
use marslab_base as base;
use marslab_model::world::{Cast, File, Proxy, RegValue, ServiceState};
use marslab_model::{Field, Name, WinPath};
use serde_json::json;

use super::*;

fn changed(change: impl FnOnce(&mut World)) -> Vec<ChangedField> {
    let before = base::healthy(Timestamp::UNIX_EPOCH);
    let mut after = before.clone();
    change(&mut after);
    ChangedField::between(&before.differences_from(&after), &before, &after)
}

#[test]
fn what_was_and_is_and_how_windows_calls_it() {
    let service = Name::new("obengine");
    let machine = Field::world().machines().at(Cast::plain().machine);
    let state = machine.services().at(service).state();
    let told = changed(|world| {
        world.apply(&state.set(ServiceState::Stopped)).unwrap();
    });
    let [only] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&only.before, &only.after), (&Some(json!("running")), &Some(json!("stopped"))));
    assert!(
        only.called.as_ref().is_some_and(|name| name.contains("Recovery Services")),
        "{only:?}"
    );
    assert_eq!(only.on, None);
}

#[test]
fn secrets_and_contents_stay_where_they_are() {
    let told = changed(|world| {
        let machine = world.cast.machine.clone();
        let machine = world.machines.get_mut(&machine).unwrap();
        let file = machine.files.values().next().unwrap().clone();
        let path = WinPath::new(r"C:\secret.txt");
        let file = File { content: "a secret text".into(), ..file };
        machine.files.insert(path, file);
        let key = machine.registry.keys().next().unwrap().clone();
        let values = machine.registry.get_mut(&key).unwrap();
        values.insert(Name::new("ProxyPassword"), RegValue::Text("a secret word".to_owned()));
        let mut proxy = Proxy::open("squid-5");
        proxy.users.insert(Name::new("somebody"), "a secret word".to_owned());
        world.network.proxies.insert(Name::new("10.0.0.5:8080"), proxy);
    });
    assert_eq!(told.len(), 3, "{told:?}");
    let text = serde_json::to_string(&told).unwrap();
    assert!(text.contains("squid-5") && !text.contains("a secret"), "{text}");
}
