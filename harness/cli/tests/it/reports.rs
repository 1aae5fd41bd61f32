//! `--json` and `--junit`.

use serde_json::Value;

use crate::{Files, HARMLESS, STOPPED, marslab, scenario, typed};

/// A scenario that must fail does so in every report.
#[test]
fn every_report_has_the_mismatch() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let (json, junit) = (files.path("out.json"), files.path("out.xml"));
    let run =
        ["run", "--fidelity", "memory", &path, "--json", &typed(&json), "--junit", &typed(&junit)];
    marslab(&run).code(1).stdout_has("mismatch      canary\n");
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
        marslab(&[
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
            "agent-proxy-*",
            "agent-outdated",
        ])
        .code(0)
    };
    let (one, two) = (run("1"), run("3"));
    let stderr = one.stderr.clone();
    let [one, two] = [one, two].map(|run| {
        let (comparable, times) = run.stdout.split_once(",\n  \"measured\": {").unwrap();
        assert!(times.contains("\"agent-outdated\": "), "{times}");
        comparable.to_owned()
    });
    assert!(one == two, "not the same");
    assert!(one.starts_with("{\n  \"version\": 2,\n"), "{one}");
    assert!(one.contains("\n  \"seed\": 7,\n  \"fidelity\": \"memory\",\n"), "{one}");
    assert!(stderr.contains("confirmed     agent-outdated\n"), "{stderr}");
}

#[test]
fn only_one_report_goes_to_standard_output() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let junit = marslab(&["run", "--fidelity", "memory", &path, "--junit", "-"]).code(0);
    assert!(
        junit.stdout.starts_with("<?xml ") && junit.stdout.ends_with("</testsuites>\n"),
        "{}",
        junit.stdout
    );
    marslab(&["run", &path, "--junit", "-", "--json", "-"])
        .code(2)
        .stderr_has("hint: write the other reports to files");
}

#[test]
fn an_unwritable_report_is_an_error_before_anything_is_run() {
    let files = Files::new();
    let nowhere = typed(&files.path("no/such/folder/out.json"));
    for option in ["--json", "--junit", "--har", "--html"] {
        let run = marslab(&["run", "--fidelity", "memory", "kek", option, &nowhere]).code(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error: cannot write `"), "{}", run.stderr);
    }
}

/// The archive has failed connections as well as responses.
#[test]
fn the_traffic_is_written_as_an_archive() {
    let files = Files::new();
    let path = files.path("out.har");
    let har = typed(&path);
    let run = ["run", "--fidelity", "memory", "--har", &har, "proxy-port-wrong", "--junit", "-"];
    marslab(&run).code(0);
    let archive: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(archive["log"]["pages"][0]["title"], "proxy-port-wrong");
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert!(entries.iter().any(|it| it["response"]["status"] == 200));
    assert!(entries.iter().any(|it| it["_error"] == "the connection was refused (10061)"));
}

#[test]
fn the_page_lists_what_the_subject_asked() {
    let files = Files::new();
    let page = files.path("out.html");
    marslab(&["run", "--fidelity", "memory", "--html", &typed(&page), "kek-missing"]).code(0);
    let page = std::fs::read_to_string(&page).unwrap();
    assert!(page.contains("<tr><td>registry-value</td><td>as SYSTEM, "), "{page}");
}

#[test]
fn an_invalid_scenario_leaves_no_report() {
    let files = Files::new();
    let path = files.with("bad.toml", "");
    let json = files.path("out.json");
    marslab(&["run", &path, "--json", &typed(&json)]).code(2);
    assert!(!json.exists());
}
