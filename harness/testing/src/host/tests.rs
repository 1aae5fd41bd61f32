use std::sync::Mutex;

use marslab_model::host::{Answer, Call, Hook, Hooked, HostRead};
use marslab_model::world::ServiceState;
use marslab_model::{KeyPath, Name};
use serde_json::{Value, json};

use super::TestHost;
use crate::machine::{TestMachine, service, volume};

/// A machine on which every call finds something, where it can.
fn host() -> TestHost {
    let mut machine = TestMachine::bare("2019-05-21T10:00:00Z".parse().unwrap());
    machine.volumes.insert("C:".into(), volume(2, 1));
    machine.services.insert("a".into(), service());
    machine.set_value(r"HKLM\a\b", "a", 1);
    machine.software_of.insert("a".into(), [("b".into(), "1".to_owned())].into());
    machine.sessions.insert("a".into(), "cookie".to_owned());
    TestHost::new(machine).with_file(r"C:\a\b.txt", b"\xff\0", 9)
}

/// Every call, each with all the arguments that there are.
fn calls() -> Vec<Call> {
    let arguments = json!({
        "as": r"CORP\a", "path": r"C:\a\b.txt", "extension": "txt", "key": r"HKLM\a\b", "name": "a", "url": "https://a/",
        "to": "a:443", "proxy": "b:8080",
    });
    Call::names().map(|name| read(&json!({ name: arguments }))).collect()
}

fn read(call: &Value) -> Call {
    serde_json::from_value(call.clone()).unwrap()
}

fn answer(call: &Call, host: &dyn HostRead) -> Answer {
    let making = call.make(host);
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(making)
}

/// The JSON name of a call or an answer.
fn key(value: &Value) -> String {
    value.as_object().unwrap().keys().next().unwrap().clone()
}

/// Notes every call on its way, and every answer on its way back.
#[derive(Default)]
struct Recorder(Mutex<Vec<(Call, Answer)>>);

impl Hook for Recorder {
    fn after(&self, _host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        self.0.lock().unwrap().push((call.clone(), answer.clone()));
    }
}

#[test]
fn every_call_is_answered_by_its_own_method() {
    let host = host();
    for (name, call) in Call::names().zip(calls()) {
        let written = serde_json::to_value(&call).unwrap();
        assert_eq!(key(&written), name);
        assert_eq!(read(&written), call);
        let answered = answer(&call, &host);
        let written = serde_json::to_value(&answered).unwrap();
        assert_eq!(key(&written), name);
        assert_eq!(serde_json::from_value::<Answer>(written).unwrap(), answered);
        assert_eq!(answered.value().is_none(), answered.error().is_some(), "{name}");
    }
}

#[test]
fn a_hook_that_changes_nothing_changes_nothing() {
    let host = host();
    for call in calls() {
        let hooked = Hooked::new(&host, Recorder::default());
        let answered = answer(&call, &hooked);
        assert_eq!(answered, answer(&call, &host), "{call}");
        assert_eq!(*hooked.hook().0.lock().unwrap(), [(call, answered)]);
    }
}

#[test]
fn every_argument_belongs_to_a_call() {
    let written: Vec<_> = calls().iter().map(|call| serde_json::to_value(call).unwrap()).collect();
    let used = written.iter().flat_map(|call| call[key(call)].as_object().unwrap().keys());
    assert_eq!(
        used.map(String::as_str).collect::<std::collections::BTreeSet<_>>(),
        Call::arguments()
    );
}

#[test]
fn a_call_without_an_account_is_made_as_system() {
    let call = read(&json!({ "volumes": {} }));
    assert_eq!(call.to_string(), "volumes as SYSTEM");
    assert_eq!(read(&json!({ "volumes": { "as": "system" } })), call);
    let call = read(&json!({ "file-info": { "as": r"CORP\a", "path": r"C:\" } }));
    assert_eq!(call.to_string(), r"file-info as CORP\a, path C:\");
    assert_eq!(read(&json!({ "now": {} })).to_string(), "now");
}

#[test]
fn an_answer_is_in_json_what_the_call_found() {
    let host = host();
    for (call, expected) in [
        (json!({ "read-file": { "path": r"C:\a\b.txt" } }), json!("base64:/wA=")),
        (json!({ "registry-value": { "key": r"HKLM\a\b", "name": "A" } }), json!({ "number": 1 })),
        (json!({ "registry-subkeys": { "key": r"HKLM\a" } }), json!([r"HKLM\a\b"])),
        (json!({ "service": { "name": "none" } }), Value::Null),
        (json!({ "software-of": { "name": "A" } }), json!({ "b": "1" })),
        (json!({ "computer-name": {} }), json!("SRV01")),
        (json!({ "language": {} }), json!("en")),
        (json!({ "platform": {} }), json!("on-premises")),
        (json!({ "zone": {} }), json!({ "id": "UTC", "utc-offset-minutes": 0 })),
    ] {
        assert_eq!(answer(&read(&call), &host).value(), Some(expected), "{call}");
    }
    let failed = answer(&read(&json!({ "read-file": { "path": r"C:\no" } })), &host);
    let error = failed.error().unwrap();
    assert_eq!((error.code().as_str(), error.number()), ("not-found", 2));
    assert_eq!(failed.value(), None);
}

#[test]
fn what_is_changed_stays_changed() {
    use marslab_model::host::{Account, HostControl as _, Registry as _, RpcError, System as _};

    let host = host().with(|machine| machine.hung = ["a".into()].into());
    let (engine, system) = (Name::new("a"), Account::System);
    assert_eq!(host.call_service(&engine), Err(RpcError::Cancelled));
    host.stop_service(&engine).unwrap();
    assert_eq!(host.call_service(&engine), Err(RpcError::ServerUnavailable));
    assert_eq!(host.service(&engine).unwrap().unwrap().state, ServiceState::Stopped);
    let key = KeyPath::new(r"HKCU\a");
    host.set_registry_value(&system, &key, &engine, 2.into());
    let own = KeyPath::new(r"HKU\S-1-5-18\a");
    assert_eq!(host.registry_value(&system, &own, &engine), Ok(Some(2.into())));
    host.remove_registry_value(&system, &key, &engine);
    assert!(host.registry_values(&system, &own).unwrap().is_empty());
}
