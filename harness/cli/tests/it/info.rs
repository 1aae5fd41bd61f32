//! `list`, `show`, `new`, `schema`, `coverage` and `--help`: commands that run no play.

use snapbox::{assert_data_eq, str};

use crate::{Files, marslab, typed, uncovered};

#[test]
fn help_has_examples_and_exit_codes() {
    for arguments in [&["--help"][..], &["run", "--help"]] {
        marslab(arguments)
            .code(0)
            .stdout_has("Examples:\n  marslab ")
            .stdout_has("Exit codes:")
            .stdout_has("\n  70  internal error");
    }
    marslab(&["--version"]).code(0).stdout_has("marslab ");
}

#[test]
fn an_unknown_command() {
    marslab(&["plai"]).code(2).stderr_has("unrecognized subcommand");
    marslab(&["run", "--fidelity", "paper"])
        .code(2)
        .stderr_has("[possible values: memory, loopback]");
}

#[test]
fn lists_have_a_line_for_each_item_starting_with_its_name() {
    marslab(&["list"]).code(0).stdout_has("\ncredentials-expired/two-weeks ");
    for (what, name) in [
        ("scenarios", "iscsi-service-stopped"),
        ("failures", "azure-unreachable"),
        ("faults", "blocks"),
        ("settings", "behind-proxy"),
        ("remedies", "restore-kek"),
        ("causes", "kek-missing"),
        ("operations", "set-passphrase"),
    ] {
        let listed = marslab(&["list", what]).code(0);
        let mut names = listed.stdout.lines().map(|line| line.split(' ').next());
        assert!(names.any(|first| first == Some(name)), "{}", listed.stdout);
    }
    let failures = marslab(&["list", "failures"]).code(0);
    let lines = failures.stdout.lines().filter(|line| !line.contains(", beyond "));
    assert_eq!(lines.count(), 101, "the failures of the 2019 articles");
}

#[test]
fn a_fault_is_shown_with_its_parameters() {
    let shown = marslab(&["show", "service-stopped"]).code(0);
    assert_data_eq!(
        shown.stdout,
        str![[r#"
fault service-stopped
  a Windows service is stopped
  example:    service-stopped = { name = "obengine" }
...
              iscsi-service-stopped
...

  Parameters:
...
    name [..] required [..] The service's name[..]

"#]]
    );
}

#[test]
fn an_ambiguous_name() {
    let asked = marslab(&["show", "iscsi-service-stopped"]).code(2);
    assert_data_eq!(
        asked.stderr,
        str![[r#"
error: `iscsi-service-stopped` is ambiguous
hint: use `marslab show scenario iscsi-service-stopped`, `marslab show failure iscsi-service-stopped` or `marslab show cause iscsi-service-stopped`

"#]]
    );
    marslab(&["show", "cause", "iscsi-service-stopped"])
        .code(0)
        .stdout_has("cause iscsi-service-stopped\n");
    marslab(&["show", "fault", "bloks"]).code(2).stderr_has("hint: did you mean `blocks`?");
}

#[test]
fn a_template_is_a_valid_scenario() {
    let files = Files::new();
    let template = marslab(&["new", "--from", "iscsi-service-stopped"]).code(0);
    let path = files.with("mine.toml", template.stdout);
    marslab(&["check", &path]).code(0).stdout_has("(1 play)\n");
    marslab(&["run", "--fidelity", "memory", &path]).code(0).stdout_has("confirmed     mine\n");
}

#[test]
fn a_template_without_a_fault_marks_what_to_fill_in() {
    // Tested as long as a failure has no scenario.
    let files = Files::new();
    for failure in uncovered() {
        let template = marslab(&["new", "--from", &failure]).code(0);
        if template.stdout.contains("FILL IN") {
            let path = files.with("mine.toml", template.stdout);
            marslab(&["check", &path]).code(2).stderr_has("error: ");
        }
    }
    marslab(&["new", "--from", "azure-unreachable"])
        .code(2)
        .stderr_has("hint: use one of its members: ");
    marslab(&["new", "--from", "agent-outdate"])
        .code(2)
        .stderr_has("hint: did you mean `agent-outdated`?");
}

#[test]
fn the_reference_is_markdown() {
    marslab(&["reference", "door"])
        .code(0)
        .stdout_has("# The door\n")
        .stdout_has("POST /v1/os {}\n");
    marslab(&["schema", "door"]).code(0).stdout_has("\"/v1/read-file\": {");
    marslab(&["reference"]).code(0).stdout_has("# Reference\n").stdout_has("\n### `blocks`\n");
}

#[test]
fn every_command_has_a_manual_page() {
    let files = Files::new();
    let folder = files.path("man/man1");
    let man = marslab(&["man", &typed(&folder)]).code(0);
    let written: Vec<_> =
        man.stdout.lines().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(written.iter().all(|page| page.contains(".TH ")), "{}", man.stdout);
    for name in ["marslab.1", "marslab-run.1", "marslab-completions.1"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    let run = std::fs::read_to_string(folder.join("marslab-run.1")).unwrap();
    for part in ["marslab\\-run", "\\-\\-check\\-determinism", "Exit codes:"] {
        assert!(run.contains(part), "no {part:?} in:\n{run}");
    }
    let file = files.with("file", "");
    marslab(&["man", &file]).code(2).stderr_has("error: cannot write `");
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        marslab(&["completions", shell])
            .code(0)
            .stdout_has("check-determinism")
            .stdout_has("marslab");
    }
    marslab(&["completions", "cmd"]).code(2).stderr_has("[possible values: ");
}

#[test]
fn schemas_are_json() {
    for of in ["scenario", "complaint", "diagnosis"] {
        marslab(&["schema", of])
            .code(0)
            .stdout_has("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
    }
}

#[test]
fn coverage_counts_each_kind_separately() {
    let counted = marslab(&["coverage"]).code(0);
    let heads: Vec<_> =
        counted.stdout.lines().take(4).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(heads, ["failure", "check", "step", "umbrella"]);
    for (line, rows) in counted.stdout.lines().zip([79, 11, 6, 5]) {
        let (met, all) = counts(line);
        assert!(met <= all && all == rows, "{line}");
    }
}

#[test]
fn coverage_counts_failures_beyond_the_2019_articles_separately() {
    let counted = marslab(&["coverage"]).code(0).stdout;
    let beyond = counted.split("\n\nBeyond the 2019 articles:\n").nth(1).unwrap();
    let (met, all) = counts(beyond.lines().next().unwrap());
    assert!(beyond.starts_with("failure ") && met == all && all > 0, "{counted}");
    marslab(&["list", "failures"]).code(0).stdout_has("failure, beyond  ");
}

/// The numbers in `failure  70 of 79  covered`.
fn counts(line: &str) -> (usize, usize) {
    let mut words = line.split_whitespace().skip(1);
    let met = words.next().unwrap().parse().unwrap();
    (met, words.nth(1).unwrap().parse().unwrap())
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "only the standard library can close one end of a pipe"
)]
fn a_closed_pipe_is_not_an_error() {
    let mut first_line = std::process::Command::new(env!("CARGO_BIN_EXE_marslab"))
        .args(["list", "failures"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(first_line.stdout.take());
    let output = first_line.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
