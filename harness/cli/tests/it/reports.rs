//! `--json` and `--junit`.

use serde_json::Value;

use crate::{Files, HARMLESS, STOPPED, done, scenario, typed};

/// The canary: a scenario that must fail says so in every report.
#[test]
fn every_report_says_a_mismatch() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let (json, junit) = (files.path("out.json"), files.path("out.xml"));
    let run =
        ["run", "--fidelity", "memory", &path, "--json", &typed(&json), "--junit", &typed(&junit)];
    done(&run).code(1).out_has("mismatch      canary\n");
    let read = |path| std::fs::read_to_string(path).unwrap();
    let (json, junit) = (read(&json), read(&junit));
    for part in ["\"verdict\": \"mismatch\"", "\"kind\": \"not-broken\"", "\"mismatch\": 1"] {
        assert!(json.contains(part), "{json}");
    }
    for part in ["failures=\"1\"", "<failure ", "type=\"not-broken\"", "the operation succeeded"] {
        assert!(junit.contains(part), "{junit}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |jobs| {
        done(&[
            "run",
            "--fidelity",
            "memory",
            "--seed",
            "7",
            "--jobs",
            jobs,
            "--json",
            "-",
            "*cred*",
            "*proxy*",
            "agent-outdated",
        ])
        .code(0)
    };
    let (one, two) = (run("1"), run("3"));
    assert_eq!(one.out, two.out);
    assert!(
        one.out.starts_with("{\n  \"version\": 1,\n  \"seed\": 7,\n  \"fidelity\": \"memory\",\n"),
        "{}",
        one.out
    );
    assert!(one.err.contains("confirmed     agent-outdated\n"), "{}", one.err);
}

#[test]
fn one_report_on_standard_output_is_alone_there() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let junit = done(&["run", "--fidelity", "memory", &path, "--junit", "-"]).code(0);
    assert!(
        junit.out.starts_with("<?xml ") && junit.out.ends_with("</testsuites>\n"),
        "{}",
        junit.out
    );
    done(&["run", &path, "--junit", "-", "--json", "-"])
        .code(2)
        .err_has("hint: write one of them to a file");
}

#[test]
fn a_report_that_cannot_be_written_is_known_before_anything_is_run() {
    let files = Files::new();
    let nowhere = typed(&files.path("no/such/folder/out.json"));
    for option in ["--json", "--junit", "--har", "--html"] {
        let run = done(&["run", "--fidelity", "memory", "kek", option, &nowhere]).code(2);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with("error: cannot write `"), "{}", run.err);
    }
}

/// A connection that is not had stands beside what was said before.
#[test]
fn what_was_said_is_written_as_an_archive() {
    let files = Files::new();
    let path = files.path("out.har");
    let har = typed(&path);
    let run = ["run", "--fidelity", "memory", "--har", &har, "proxy-port-wrong", "--junit", "-"];
    done(&run).code(0);
    let archive: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(archive["log"]["pages"][0]["title"], "proxy-port-wrong");
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert!(entries.iter().any(|it| it["response"]["status"] == 200));
    assert!(entries.iter().any(|it| it["_error"] == "the connection was refused (10061)"));
}

#[test]
fn a_bad_scenario_leaves_no_report() {
    let files = Files::new();
    let path = files.with("bad.toml", "");
    let json = files.path("out.json");
    done(&["run", &path, "--json", &typed(&json)]).code(2);
    assert!(!json.exists());
}
