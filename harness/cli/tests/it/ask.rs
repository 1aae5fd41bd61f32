//! `list`, `show`, `new`, `schema`, `coverage` and `--help`: what is asked without playing.

use snapbox::{assert_data_eq, str};

use crate::{Files, done, typed, uncovered};

#[test]
fn help_tells_the_exit_codes_and_gives_examples() {
    for arguments in [&["--help"][..], &["run", "--help"]] {
        done(arguments)
            .code(0)
            .out_has("Examples:\n  marslab ")
            .out_has("Exit codes:")
            .out_has("\n  70  the lab");
    }
    done(&["--version"]).code(0).out_has("marslab ");
}

#[test]
fn no_command_and_a_wrong_one() {
    done(&[]).code(2).err_has("Usage: marslab <COMMAND>");
    done(&["plai"]).code(2).err_has("unrecognized subcommand");
    done(&["run", "--fidelity", "paper"]).code(2).err_has("[possible values: memory, loopback]");
}

#[test]
fn everything_is_listed_one_a_line_and_its_name_first() {
    done(&["list"]).code(0).out_has("\ncredentials-expired/two-weeks ");
    for (what, name) in [
        ("scenarios", "iscsi-service-stopped"),
        ("failures", "azure-unreachable"),
        ("faults", "blocks"),
        ("settings", "behind-proxy"),
        ("remedies", "restore-kek"),
        ("causes", "kek-missing"),
        ("operations", "set-passphrase"),
    ] {
        let listed = done(&["list", what]).code(0);
        let mut names = listed.out.lines().map(|line| line.split(' ').next());
        assert!(names.any(|first| first == Some(name)), "{}", listed.out);
    }
    let failures = done(&["list", "failures"]).code(0);
    let lines = failures.out.lines().filter(|line| !line.contains(", beyond "));
    assert_eq!(lines.count(), 101, "the articles of 2019 have so many");
}

#[test]
fn a_fault_is_shown_with_its_parameters() {
    let shown = done(&["show", "service-stopped"]).code(0);
    assert_data_eq!(
        shown.out,
        str![[r#"
fault service-stopped
  a Windows service does not run
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
fn a_name_of_several_things_asks_which() {
    let asked = done(&["show", "iscsi-service-stopped"]).code(2);
    assert_data_eq!(
        asked.err,
        str![[r#"
error: `iscsi-service-stopped` is the name of several things
hint: say which: `marslab show scenario iscsi-service-stopped`, `marslab show failure iscsi-service-stopped` or `marslab show cause iscsi-service-stopped`

"#]]
    );
    done(&["show", "cause", "iscsi-service-stopped"])
        .code(0)
        .out_has("cause iscsi-service-stopped\n");
    done(&["show", "fault", "bloks"]).code(2).err_has("hint: did you mean `blocks`?");
}

#[test]
fn a_skeleton_is_a_scenario_that_can_be_checked_and_played() {
    let files = Files::new();
    let skeleton = done(&["new", "--from", "iscsi-service-stopped"]).code(0);
    let path = files.with("mine.toml", skeleton.out);
    done(&["check", &path]).code(0).out_has(": 1 play\n");
    done(&["run", "--fidelity", "memory", &path]).code(0).out_has("confirmed     mine\n");
}

#[test]
fn a_skeleton_without_a_fault_says_what_to_fill_in() {
    // Rows get scenarios; as long as one of failures has none, it is tried.
    let files = Files::new();
    for failure in uncovered() {
        let skeleton = done(&["new", "--from", &failure]).code(0);
        if skeleton.out.contains("FILL IN") {
            let path = files.with("mine.toml", skeleton.out);
            done(&["check", &path]).code(2).err_has("error: ");
        }
    }
    done(&["new", "--from", "azure-unreachable"]).code(2).err_has("hint: its members are");
    done(&["new", "--from", "agent-outdate"])
        .code(2)
        .err_has("hint: did you mean `agent-outdated`?");
}

#[test]
fn the_reference_is_markdown() {
    done(&["reference"]).code(0).out_has("# Reference\n").out_has("\n### `blocks`\n");
}

#[test]
fn every_command_has_a_manual_page() {
    let files = Files::new();
    let folder = files.path("man/man1");
    let man = done(&["man", &typed(&folder)]).code(0);
    let written: Vec<_> =
        man.out.lines().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(written.iter().all(|page| page.contains(".TH ")), "{}", man.out);
    for name in ["marslab.1", "marslab-run.1", "marslab-completions.1"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    let run = std::fs::read_to_string(folder.join("marslab-run.1")).unwrap();
    for part in ["marslab\\-run", "\\-\\-check\\-determinism", "Exit codes:"] {
        assert!(run.contains(part), "no {part:?} in:\n{run}");
    }
    let file = files.with("file", "");
    done(&["man", &file]).code(2).err_has("error: cannot write `");
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        done(&["completions", shell]).code(0).out_has("check-determinism").out_has("marslab");
    }
    done(&["completions", "cmd"]).code(2).err_has("[possible values: ");
}

#[test]
fn schemas_are_json() {
    for of in ["scenario", "complaint", "diagnosis"] {
        done(&["schema", of])
            .code(0)
            .out_has("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
    }
}

#[test]
fn coverage_counts_each_kind_apart() {
    let counted = done(&["coverage"]).code(0);
    let heads: Vec<_> =
        counted.out.lines().take(4).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(heads, ["failure", "check", "step", "umbrella"]);
    for (line, rows) in counted.out.lines().zip([79, 11, 6, 5]) {
        let (met, all) = counts(line);
        assert!(met <= all && all == rows, "{line}");
    }
}

#[test]
fn coverage_counts_apart_what_is_beyond_the_articles_of_2019() {
    let counted = done(&["coverage"]).code(0).out;
    let beyond = counted.split("\n\nBeyond the articles of 2019:\n").nth(1).unwrap();
    let (met, all) = counts(beyond.lines().next().unwrap());
    assert!(beyond.starts_with("failure ") && met == all && all > 0, "{counted}");
    done(&["list", "failures"]).code(0).out_has("failure, beyond  ");
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
    reason = "only the standard library lets go of one end of a pipe"
)]
fn who_reads_no_further_is_no_error() {
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
