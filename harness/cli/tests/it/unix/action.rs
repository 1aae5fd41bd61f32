//! `tests/deploy/action.yml`: its script, run as GitHub's runner does. It needs bash.

use std::fs;
use std::path::Path;

use serde_json::Value;
use snapbox::cmd::Command;

use crate::{Files, HARMLESS, Output, STOPPED, command, output_of, scenario};

const ACTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/deploy/action.yml");

/// What stands below `run: |`.
fn script() -> String {
    let action = fs::read_to_string(ACTION).unwrap();
    let rest = action.split("      run: |\n").nth(1).unwrap();
    let lines = rest.lines().map_while(|line| line.strip_prefix("        "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The step in a folder, with these inputs; the others are empty.
fn step(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let bash = Command::new("bash").args(["--noprofile", "--norc", "-eo", "pipefail", "-c"]);
    let mut step = bash.arg(script()).current_dir(folder).env("NO_COLOR", "1");
    for name in ["FILES", "SUBJECT", "SHARD", "KNOWN", "SEED"] {
        let value = inputs.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value);
        step = step.env(name, value);
    }
    let step = step.env("MARSLAB", env!("CARGO_BIN_EXE_marslab"));
    let step = step.env("GITHUB_STEP_SUMMARY", folder.join("page.md"));
    output_of(step.env("GITHUB_OUTPUT", folder.join("outputs")))
}

/// One file is as it says, the other is not: beside it GitHub shows why, and the line of the page repeats it.
#[test]
fn a_job_shows_what_is_not_confirmed_and_how_to_repeat_it() {
    let files = Files::new();
    files.with("good.toml", scenario(STOPPED));
    files.with("bad.toml", scenario(HARMLESS));
    let folder = files.folder.path();
    let output = step(folder, &[("FILES", "good.toml bad.toml"), ("SEED", "7")]).code(1);
    output.stdout_has(
        "::error file=bad.toml,line=1,title=mismatch%3A bad::beat 2 (broken): not broken%0A",
    );
    assert_eq!(
        fs::read_to_string(files.path("outputs")).unwrap(),
        "name=marslab-report\nreport=marslab-report.json\n"
    );
    let page = fs::read_to_string(files.path("page.md")).unwrap();
    assert!(page.starts_with("## marslab, 2 plays: 1 confirmed, 1 mismatch\n"), "{page}");
    let again = page.lines().find_map(|line| line.strip_prefix("$ marslab run ")).unwrap();
    let words = shell_words::split(again).unwrap();
    let again = output_of(command().arg("run").args(words).current_dir(folder)).code(1);
    again.stdout_has("mismatch      bad\n").stdout_has("\n1 play: 1 mismatch\n");
    files.with("known.txt", "bad\n");
    let inputs = [("FILES", "good.toml bad.toml"), ("SEED", "7"), ("KNOWN", "known.txt")];
    step(folder, &inputs).code(0);
}

/// Each part's report has a name of its own, and together they are the report of one job.
#[test]
fn the_parts_of_a_matrix_are_one_run() {
    let files = Files::new();
    let folder = files.folder.path();
    let inputs = [("FILES", "iscsi module"), ("SUBJECT", "baseline:silence"), ("SEED", "7")];
    let report = |name: &str| {
        let text = fs::read_to_string(files.path(name)).unwrap();
        let mut report: Value = serde_json::from_str(&text).unwrap();
        report.as_object_mut().unwrap().remove("measured");
        report
    };
    for shard in ["1/2", "2/2"] {
        let inputs: Vec<_> = inputs.into_iter().chain([("SHARD", shard)]).collect();
        step(folder, &inputs).code(1);
    }
    let parts = ["marslab-report-1-of-2.json", "marslab-report-2-of-2.json"];
    let merge = command().arg("merge").args(parts).args(["--json", "all.json"]);
    output_of(merge.current_dir(folder)).code(1);
    step(folder, &inputs).code(1);
    assert_eq!(report("all.json"), report("marslab-report.json"));
}
