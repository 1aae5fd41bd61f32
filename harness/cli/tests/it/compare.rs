//! Reports that are read again: `compare`, `run --failed`; and `--fail-fast`.

use crate::{Files, HARMLESS, STOPPED, marslab, scenario, typed};

const MEMORY: [&str; 3] = ["run", "--fidelity", "memory"];

fn report(files: &Files, name: &str, arguments: &[&str]) -> String {
    let path = typed(&files.path(name));
    let run = marslab(&[&MEMORY[..], &["--json", &path], arguments].concat());
    assert!(!run.stdout.is_empty(), "{}", run.stderr);
    path
}

#[test]
fn what_differs_between_two_reports() {
    let files = Files::new();
    let old = report(&files, "old.json", &["iscsi-service-stopped", "--seed", "1"]);
    let new = report(&files, "new.json", &["iscsi-service-stopped", "--seed", "2"]);
    let same = marslab(&["compare", &old, &new]).code(0);
    assert_eq!(
        same.stdout,
        "reference (seed 1) → reference (seed 2)\n\nconfirmed: 1 of 1 → 1 of 1\n"
    );
    let other = report(&files, "other.json", &["agent-outdated"]);
    marslab(&["compare", &old, &other]).code(2).stderr_has("of different corpora");
    let worse = std::fs::read_to_string(&new).unwrap();
    let worse = worse.replace("\"verdict\": \"confirmed\"", "\"verdict\": \"inconclusive\"");
    let worse = files.with("worse.json", worse);
    marslab(&["compare", &old, &worse])
        .code(1)
        .stdout_has("  iscsi-service-stopped  confirmed → inconclusive\n");
}

#[test]
fn what_is_no_report() {
    let files = Files::new();
    let old = files.with("old.json", "{\"version\": 1}");
    let none = typed(&files.path("none.json"));
    marslab(&["compare", &old, &old])
        .code(2)
        .stderr_has("a report of version 1, not 2")
        .stderr_has("hint: give a file that `marslab run --json FILE` wrote");
    marslab(&["compare", &none, &old]).code(2).stderr_has("none.json");
    let folder = typed(&files.path(""));
    marslab(&["compare", &folder, &old]).code(2).stderr_has("cannot read the report");
}

#[test]
fn only_what_failed_is_played_again() {
    let files = Files::new();
    let good = files.with("good.toml", scenario(STOPPED));
    let bad = files.with("bad.toml", scenario(HARMLESS));
    let path = report(&files, "report.json", &[&good, &bad]);
    // The report is read before it is written.
    let again =
        marslab(&[&MEMORY[..], &["--failed", &path, "--json", &path, &good, &bad]].concat());
    again.code(1).stdout_has("\n1 play: 1 mismatch\n");
    let none = marslab(&[&MEMORY[..], &["--failed", &path, &good]].concat());
    none.code(4).stderr_has("error: nothing failed");
}

#[test]
fn a_run_stops_where_it_is_told_to() {
    let files = Files::new();
    let good = files.with("good.toml", scenario(STOPPED));
    let bad = files.with("bad.toml", scenario(HARMLESS));
    let run = marslab(&[&MEMORY[..], &["--fail-fast", "--jobs", "1", &bad, &good]].concat());
    run.code(1)
        .stdout_has("\n1 play: 1 mismatch\n")
        .stdout_has("stopped at the first play that was not confirmed: 1 play not played\n");
}

#[test]
fn a_run_that_stops_is_not_repeated() {
    let files = Files::new();
    let bad = files.with("bad.toml", scenario(HARMLESS));
    let run = marslab(&[&MEMORY[..], &["--fail-fast", "--repeat", "3", &bad]].concat());
    run.code(1).stdout_has("\n1 play: 1 mismatch\n").stdout_has(": 2 plays not played\n");
}

#[test]
fn the_rerun_line_runs_again() {
    let files = Files::new();
    let bad = files.with("bad one.toml", scenario(HARMLESS));
    runs_again(&["--lang", "ja", "--plain-world", &bad]);
    runs_again(&["--subject", "baseline:silence", "passphrase-kek-missing"]);
}

#[track_caller]
fn runs_again(arguments: &[&str]) {
    let run = marslab(&[&MEMORY[..], arguments].concat()).code(1);
    let line = run.stdout.lines().last().unwrap().strip_prefix("rerun with ").unwrap();
    let words = shell_words::split(line).unwrap();
    let words: Vec<&str> = ["run"].into_iter().chain(words.iter().map(String::as_str)).collect();
    let again = marslab(&words).code(1);
    assert_eq!(again.stdout, run.stdout);
}

#[test]
fn a_board_has_the_baselines_first() {
    let files = Files::new();
    let report = |subject: &[&str], name: &str| {
        let path = files.with(name, String::new());
        let arguments = ["--seed", "7", "passphrase-kek-missing", "--json", &path];
        marslab(&[&MEMORY[..], subject, &arguments].concat());
        path
    };
    let own = report(&[], "own.json");
    let silence = report(&["--subject", "baseline:silence"], "silence.json");
    let board = marslab(&["board", &own, &silence]).code(0);
    let subjects: Vec<&str> =
        board.stdout.lines().map(|line| line.split('|').nth(1).unwrap().trim()).collect();
    assert!(
        matches!(subjects[..], ["subject", _, "baseline:silence", "reference"]),
        "{}",
        board.stdout
    );
    marslab(&["board", &own]).code(0).stderr_has("hint: no baseline is among these");
    marslab(&["board", &own, "--html", "-"]).code(0).stdout_has("<h2>Results</h2>");
}

#[test]
fn a_baseline_is_no_program() {
    let run = |arguments: &[&str]| marslab(&[&["run", "--subject"], arguments].concat()).code(2);
    run(&["baseline:silenc"]).stderr_has("hint: did you mean `silence`?");
    run(&["baseline:silence", "--serve"]).stderr_has("hint: remove them");
}
