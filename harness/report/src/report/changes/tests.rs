use jiff::Timestamp;
use marslab_actions::action_spec::Written;
use marslab_base as base;
use marslab_faults::faults::FAULTS;
use marslab_model::World;
use serde_json::{Value, json};
use toml::de::DeTable;

use super::*;

type Row = (String, Option<Value>, Option<Value>, &'static str);

fn on_a_server_and_its_network() -> [Row; 4] {
    let root = "machines/SRV01/";
    [
        (
            format!(r"{root}files/{SCRATCH}\OnlineBackup.KEK"),
            Some(json!({ "content": "…", "size": 12 })),
            None,
            "the file OnlineBackup.KEK is gone",
        ),
        (
            format!("{root}services/Windows Backup/state"),
            Some(json!("running")),
            Some(json!("stopped")),
            "the service Windows Backup is stopped",
        ),
        (
            "network/firewall/10 block ~2.windows.net".to_owned(),
            None,
            Some(
                json!({ "from": "machines", "to": "*.windows.net", "port": null, "action": "drop" }),
            ),
            "the firewall blocks *.windows.net (rule 10)",
        ),
        (
            "network/firewall/10 block 3260".to_owned(),
            Some(json!({ "from": "anyone", "to": "*", "port": 3260, "action": "reset" })),
            None,
            "the firewall no longer blocks everything, port 3260 (rule 10)",
        ),
    ]
}

fn of_numbers_and_names() -> [Row; 7] {
    let root = "machines/SRV01/";
    [
        (
            format!("{root}volumes/C:/free"),
            Some(json!(53_687_091_200_u64)),
            Some(json!(536_870_912_u64)),
            "the free space of the volume C: is 512 MB (was 50 GB)",
        ),
        (
            format!("{root}antivirus/blocked"),
            Some(json!([])),
            Some(json!([format!(r"{SCRATCH}\OnlineBackup.KEK")])),
            "antivirus blocks OnlineBackup.KEK",
        ),
        (
            format!("{root}clock/zone"),
            Some(json!({ "id": "Taipei Standard Time", "utc-offset-minutes": 480 })),
            Some(json!({ "id": "Tokyo Standard Time", "utc-offset-minutes": 540 })),
            "the time zone is Tokyo Standard Time (was Taipei Standard Time)",
        ),
        (
            format!("{root}clock/ahead-seconds"),
            Some(json!(28_800)),
            Some(json!(32_400)),
            "the clock was set forward by 1h",
        ),
        (
            r"machines/SRV01/tasks/\Microsoft\OnlineBackup\Microsoft-OnlineBackup/trigger/minute-of-day".to_owned(),
            Some(json!(1320)),
            Some(json!(1380)),
            "the time of the trigger of the task Microsoft-OnlineBackup is 23:00 (was 22:00)",
        ),
        (
            format!(r"{root}registry/HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319/SchUseStrongCrypto"),
            Some(json!({ "number": 1 })),
            Some(json!({ "number": 0 })),
            "the registry value SchUseStrongCrypto is 0 (was 1)",
        ),
        (
            "network/proxies/10.0.0.5:8080/asks".to_owned(),
            Some(json!([])),
            Some(json!(["ntlm"])),
            "the proxy 10.0.0.5:8080 requires authentication (ntlm)",
        ),
    ]
}

const SCRATCH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";

#[test]
fn sentences_a_trainer_would_say() {
    for (path, before, after, expected) in
        on_a_server_and_its_network().into_iter().chain(of_numbers_and_names())
    {
        let change = ChangedField { field: path, before, after, ..ChangedField::default() };
        assert_eq!(sentence(&change), expected);
    }
}

#[test]
fn windows_names_and_other_machines_are_told() {
    let change = ChangedField {
        field: "machines/SRV02/services/MSiSCSI/state".to_owned(),
        before: Some(json!("running")),
        after: Some(json!("stopped")),
        called: Some("Microsoft iSCSI Initiator Service".to_owned()),
        on: Some("SRV02".to_owned()),
    };
    let expected = "the service Microsoft iSCSI Initiator Service is stopped on SRV02";
    assert_eq!(sentence(&change), expected);
    let path = format!("{expected} [machines/SRV02/services/MSiSCSI/state]");
    assert_eq!(list(&[change.clone(), change.clone()], Paths::Told), [path]);
    assert_eq!(list(&[change.clone(), change], Paths::LeftOut), [expected]);
}

#[test]
fn without_values_the_field_is_told() {
    let change = ChangedField {
        field: "machines/SRV01/services/obengine/state".to_owned(),
        ..ChangedField::default()
    };
    assert_eq!(sentence(&change), "the state of the service obengine was changed");
}

#[test]
fn what_follows_from_another_change_goes_without_saying() {
    let of = |field: &str| ChangedField {
        field: format!("machines/SRV01/files/C:\\a.txt/{field}"),
        before: Some(json!(1)),
        after: Some(json!(2)),
        ..ChangedField::default()
    };
    let content =
        ChangedField { before: Some(json!("…")), after: Some(json!("…")), ..of("content") };
    assert_eq!(
        list(&[content, of("modified"), of("size")], Paths::LeftOut),
        ["the content of the file a.txt was changed"]
    );
    assert_eq!(
        list(&[of("modified"), of("size")], Paths::LeftOut),
        ["the size of the file a.txt is 2 bytes (was 1 bytes)"]
    );
    assert_eq!(list(&[of("modified")], Paths::LeftOut).len(), 1);
}

fn healthy() -> World {
    base::healthy(Timestamp::UNIX_EPOCH)
}

/// Every field of the healthy world, as the schema of `marslab show world` walks it.
#[test]
fn every_field_of_a_world_has_a_noun() {
    let mut left = vec![FieldPath::root()];
    let world = healthy();
    let mut seen = 0;
    while let Some(path) = left.pop() {
        let segments = path.segments();
        if segments.first().is_some_and(|first| first == "cast") {
            continue;
        }
        match world.look(&path) {
            // A leaf, or a map; of an empty one nothing can change.
            Some(Value::Object(map)) => {
                left.extend(map.keys().map(|key| path.clone().then(key)));
            }
            Some(_) => {
                seen += 1;
                assert!(nouns::is_known(&segments), "{path}");
            }
            // A part of a leaf, such as of a registry value.
            None => {}
        }
    }
    assert!(seen > 500, "{seen} fields");
}

#[test]
fn every_change_of_a_fault_is_told_without_its_path() {
    let mut told = 0;
    for kind in FAULTS {
        let example = format!("it = {}", kind.example);
        let table = DeTable::parse(&example).unwrap();
        let (name, value) = table.get_ref().iter().next().unwrap();
        let fault = kind.parse(name.span(), value, Written::Named).unwrap();
        let before = healthy();
        let Ok(changes) = fault.changes(&before) else { continue };
        let mut after = before.clone();
        if changes.iter().any(|change| after.apply(change).is_err()) {
            continue;
        }
        let fields = before.differences_from(&after);
        let changes = ChangedField::between(&fields, &before, &after);
        for line in list(&changes, Paths::LeftOut) {
            told += 1;
            assert!(!line.contains("machines/") && !line.contains("network/"), "{line}");
            assert!(!line.contains("{}") && !line.contains("the world"), "{}: {line}", kind.name);
        }
    }
    assert!(told > 40, "{told} lines");
}
