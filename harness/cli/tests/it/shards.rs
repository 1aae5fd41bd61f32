//! `run --shard` and `merge`: several machines play one run.

use std::fs;

use serde_json::Value;

use crate::{Files, Started, command, output_of};

const RUN: [&str; 6] = ["run", "--fidelity", "memory", "--seed", "7", "blocked-url"];

/// A report without its real times, as text.
fn report(text: &str) -> String {
    let mut report: Value = serde_json::from_str(text).unwrap();
    report.as_object_mut().unwrap().remove("measured");
    serde_json::to_string_pretty(&report).unwrap()
}

#[test]
fn eight_shards_are_one_run_also_where_one_was_killed() {
    let files = Files::new();
    let folder = files.folder.path();
    let file = |number: u32| folder.join(format!("{number}.json")).display().to_string();
    let play = |number: u32| {
        let (shard, json) = (format!("{number}/8"), file(number));
        output_of(command().args(RUN).args(["--shard", &shard, "--json", &json])).code(0);
    };
    let killed = file(3);
    let arguments = RUN.iter().copied().chain(["--shard", "3/8", "--json", &killed]);
    drop(Started::of(&arguments.collect::<Vec<_>>()));
    (1..=8).for_each(play);
    let reports: Vec<String> = (1..=8).map(file).collect();
    let merged = output_of(command().arg("merge").args(&reports)).code(0);
    let whole = output_of(command().args(RUN).args(["--json", "-"])).code(0);
    assert_eq!(report(&merged.stdout), report(&whole.stdout));
    // In the order of the report's own keys, and with its line breaks.
    let text = fs::read_to_string(file(1)).unwrap();
    let head = |text: &str| text.lines().take(5).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(head(&merged.stdout), head(&text));
    let missing = output_of(command().arg("merge").args(&reports[1..])).code(2);
    missing.stderr_has("error: missing: shard 1/8\nhint: run them with `marslab run --shard I/N");
}

#[test]
fn a_shard_that_is_none() {
    let refused = |shard: &str| {
        let output = output_of(command().args(RUN).args(["--shard", shard])).code(2);
        output.stderr_has(&format!("error: `--shard {shard}`: expected I/N"))
    };
    for typed in ["9/8", "0/8", "x"] {
        refused(typed).stderr_has("\nhint: write the part's number and how many there are");
    }
    let auto = command().args(RUN).args(["--shard", "auto"]);
    output_of(auto.env("JOB_COMPLETION_INDEX", "1").env("MARSLAB_SHARDS", "40")).code(0);
    let none = command().args(["run", "--fidelity", "memory", "--shard", "7/8", "iscsi"]);
    output_of(none).code(0).stdout_has("\n0 plays\n");
    let no_seed = command().args(["run", "kek", "--shard", "1/2", "--subject", "baseline:silence"]);
    output_of(no_seed).code(2).stderr_has("error: `--shard` with `--subject` requires `--seed`\n");
}

#[test]
fn known_failures_do_not_fail_a_run_and_new_ones_do() {
    let files = Files::new();
    files.with("none.txt", "# nothing\n");
    files.with("known.txt", "iscsi-service-stopped # ticket 12\n");
    let run = |subject: &str, known: &str| {
        let known = files.folder.path().join(known);
        let run = command().args(["run", "--fidelity", "memory", "--exact"]);
        let run = run.args(["iscsi-service-stopped", "--subject", subject, "--known"]);
        output_of(run.arg(known))
    };
    run("baseline:silence", "none.txt").code(1);
    run("baseline:silence", "known.txt").code(0);
    let reference = command().args(["run", "--fidelity", "memory", "--exact"]);
    let known = files.folder.path().join("known.txt");
    let fixed = output_of(reference.args(["iscsi-service-stopped", "--known"]).arg(known)).code(1);
    fixed.stderr_has("known.txt`: iscsi-service-stopped\nhint: remove them from the list\n");
    let json = files.folder.path().join("1.json").display().to_string();
    let shard = command().args(["run", "--fidelity", "memory", "--exact", "--seed", "7"]);
    let shard = shard.args(["--subject", "baseline:silence", "iscsi-service-stopped"]);
    output_of(shard.args(["--shard", "1/1", "--json", &json])).code(1);
    let merge = || command().args(["merge", &json, "--known"]);
    output_of(merge().arg(files.path("none.txt"))).code(1);
    output_of(merge().arg(files.path("known.txt"))).code(0);
    run("baseline:silence", "absent.txt").code(2).stderr_has("error: cannot read `");
}

#[test]
fn a_job_gets_annotations_and_a_page() {
    let files = Files::new();
    let page = files.folder.path().join("page.md");
    let run = command().args(["run", "--fidelity", "memory", "--exact", "iscsi-service-stopped"]);
    let run = run.args(["--subject", "baseline:silence", "--annotations", "github", "--summary"]);
    let output = output_of(run.arg(&page)).code(1);
    output.stdout_has(
        "\n::error title=mismatch%3A iscsi-service-stopped::beat 3 (diagnosed): not found%0A",
    );
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("## marslab, 1 play: 1 mismatch\n"), "{page}");
    assert!(page.contains("--exact iscsi-service-stopped\n```\n"), "{page}");
}
