use marslab_model::Diagnosis;
use marslab_scenario::catalogue::Catalogue;
use serde_json::{Value, json};

use super::submit;

/// What comes of a submission: what is kept, or what the agent is told.
#[track_caller]
fn check(arguments: &Value, expected: Result<usize, &str>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("diagnosis.json");
    let given = arguments.as_object().unwrap().clone();
    let submitted = submit(given, &file, Catalogue::known());
    match expected {
        Ok(findings) => {
            assert_eq!(submitted.unwrap().findings.len(), findings);
            let kept: Diagnosis = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            assert_eq!(kept.findings.len(), findings);
        }
        Err(part) => {
            let told = submitted.unwrap_err().to_string();
            assert!(told.contains(part), "{told}");
            assert!(!file.exists());
        }
    }
}

#[test]
fn what_can_be_judged_is_kept() {
    check(&json!({ "version": 1 }), Ok(0));
    let finding = json!({ "cause": "kek-missing", "about": r"C:\a", "remedy": "restart-server" });
    let unchecked = json!([{ "what": "any-server", "because": "no network" }]);
    check(&json!({ "version": 1, "findings": [finding], "unchecked": unchecked }), Ok(1));
}

#[test]
fn the_agent_is_told_what_to_correct() {
    check(&json!({}), Err("missing field `version`"));
    check(&json!({ "version": 2 }), Err("unsupported version 2; expected 1"));
    check(&json!({ "version": 1, "cause": "x" }), Err("unknown field `cause`"));
    let cause = |cause: &str| json!({ "version": 1, "findings": [{ "cause": cause }] });
    check(&cause("kek-mising"), Err("unknown cause `kek-mising`; did you mean `kek-missing`?"));
    check(&cause("quantum-decoherence"), Err("the tool `causes` lists all"));
    let remedy = json!({ "version": 1, "findings": [{ "cause": "kek-missing", "remedy": "no" }] });
    check(&remedy, Err("unknown remedy `no`"));
    let unchecked = json!({ "version": 1, "unchecked": [{ "what": "moon", "because": "far" }] });
    check(&unchecked, Err("unknown area `moon`"));
}
