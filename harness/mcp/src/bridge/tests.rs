use std::net::TcpListener;
use std::path::PathBuf;

use marslab_engine::door::{DoorFile, calls};
use serde_json::{Map, Value};

use super::Bridge;
use crate::Config;

/// A bridge to a door that is closed.
fn bridge(diagnosis: Option<PathBuf>) -> Bridge {
    // A port that was free a moment ago.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let door = DoorFile {
        version: 1,
        http: closed,
        socks: "127.0.0.1:0".to_owned(),
        token: "secret".to_owned(),
    };
    let complaint = serde_json::json!({
        "version": 1, "machine": "SRV01", "operation": "backup", "message": "…", "language": "en",
    });
    let complaint = serde_json::from_value(complaint).unwrap();
    Bridge::new(Config { door, complaint: Some(complaint), diagnosis })
}

fn answer(bridge: &Bridge, name: &str) -> (bool, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result = runtime.block_on(bridge.answer(name, Map::new()));
    let result = serde_json::to_value(result).unwrap();
    (result["isError"] == true, result["content"][0]["text"].as_str().unwrap().to_owned())
}

#[test]
fn there_is_a_tool_for_every_call() {
    let tools = bridge(Some("diagnosis.json".into())).tools();
    let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    assert!(calls().all(|call| names.contains(&call.name().as_str())), "{names:?}");
    assert!(["complaint", "causes", "submit"].iter().all(|name| names.contains(name)));
    for tool in &tools {
        let schema = Value::Object(tool.input_schema.as_ref().clone());
        assert_eq!(schema["type"], "object", "{}", tool.name);
        assert!(!schema.to_string().contains("$ref"), "{}: {schema}", tool.name);
        assert!(tool.description.as_ref().is_some_and(|it| !it.is_empty()), "{}", tool.name);
    }
    let without = bridge(None).tools();
    assert!(without.iter().all(|tool| tool.name != "submit"));
}

#[test]
fn the_complaint_and_all_causes_are_told() {
    let bridge = bridge(None);
    let (is_error, complaint) = answer(&bridge, "complaint");
    assert!(!is_error && complaint.contains("\"SRV01\""), "{complaint}");
    let (is_error, causes) = answer(&bridge, "causes");
    assert!(!is_error && causes.contains("\"kek-missing\"") && causes.contains("\"any-server\""));
}

#[test]
fn what_cannot_be_done_is_an_error_without_secrets() {
    for (name, expected) in [
        ("now", "the door does not answer"),
        ("submit", "unknown tool `submit`"),
        ("../now", "unknown tool `../now`"),
    ] {
        let (is_error, why) = answer(&bridge(None), name);
        assert!(is_error && why.starts_with(expected), "{name}: {why}");
        assert!(!why.contains("secret"));
    }
}
