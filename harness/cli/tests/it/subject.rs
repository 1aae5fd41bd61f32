//! `run --subject`: what a program is given, and what is left of it.
//!
//! The programs are this command itself: it exists on every system, and its output is not a diagnosis.

use std::path::Path;

use snapbox::cmd::Command;

use crate::{Files, Output, STOPPED, command, output_of, scenario, typed};

const ITSELF: &str = env!("CARGO_BIN_EXE_marslab");

/// A play, on the seed that needs no new one.
fn run(subject: &str) -> Command {
    command().args(["run", "iscsi-service-stopped", "--seed", "7", "--subject", subject])
}

fn itself(arguments: &str) -> String {
    format!("\"{ITSELF}\" {arguments}")
}

/// The program ran to its end, and wrote something that is not a diagnosis.
#[track_caller]
fn ran(command: Command) -> Output {
    output_of(command).code(1).stdout_has("invalid diagnosis: ")
}

/// The program failed, and said this.
#[track_caller]
fn failed(command: Command, message: &str) {
    output_of(command).code(1).stdout_has("the subject failed (exit ").stdout_has(message);
}

#[test]
fn paths_belong_to_the_folder_in_which_they_are_typed() {
    let folder = Path::new(ITSELF).parent().unwrap();
    ran(run("./marslab list").current_dir(folder));
    let files = Files::new();
    files.with("mine.toml", scenario(STOPPED));
    ran(run(&itself("check mine.toml")).current_dir(files.folder.path()));
    // The program itself has an empty folder.
    failed(run(&itself("check mine.toml")).current_dir(folder), "no such file");
    output_of(run("./absent").current_dir(folder))
        .code(2)
        .stderr_has(&format!("cannot start the subject `{}`", typed(&folder.join("absent"))));
}

#[test]
fn the_environment_is_cleared() {
    let inner = itself("run --fidelity memory iscsi-service-stopped");
    let run = || run(&inner).env("MARSLAB_SEED", "rubbish");
    ran(run());
    failed(run().args(["--subject-env", "MARSLAB_SEED"]), "`rubbish`");
    failed(run().args(["--subject-env", "MARSLAB_SEED=other"]), "`other`");
}

#[test]
fn variables_that_a_subject_cannot_have() {
    let refused = |typed: &str, message: &str| {
        let run = run(&itself("list")).env_remove("ABSENT").args(["--subject-env", typed]);
        let output = output_of(run).code(2).stderr_has("error: `--subject-env`: ");
        output.stderr_has(message);
    };
    for typed in ["", "=", "=x"] {
        refused(typed, &format!("no name in `{typed}`\nhint: write NAME"));
    }
    refused("ABSENT", "`ABSENT` is not set\nhint: set it, or write `--subject-env ABSENT=VALUE`");
    refused("MARSLAB_HOST=x", "the lab itself sets the variable `MARSLAB_HOST`\nhint: remove it");
}

#[test]
fn nothing_is_left_of_a_subject() {
    let files = Files::new();
    let folder = files.folder.path();
    let run = |arguments: &str| {
        // A relative folder is another one for a program that is started elsewhere.
        let run = run(&itself(arguments)).current_dir(folder);
        ["TMPDIR", "TEMP", "TMP"].into_iter().fold(run, |run, name| run.env(name, "."))
    };
    let left = || std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    ran(run("run --keep --fidelity memory iscsi-service-stopped"));
    assert_eq!(left().collect::<Vec<_>>(), [folder; 0]);
    // A session stays open until it is ended.
    let killed = output_of(run("up iscsi-service-stopped").args(["--subject-timeout", "1"]));
    killed.code(1).stdout_has("it ran for more than 1 s");
    assert_eq!(left().collect::<Vec<_>>(), [folder; 0]);
}

#[test]
fn a_folder_for_temporary_files_is_needed() {
    let files = Files::new();
    let refused = |command: Command| {
        let command = command.current_dir(files.folder.path());
        let command =
            ["TMPDIR", "TEMP", "TMP"].iter().fold(command, |it, name| it.env(name, "absent"));
        let output = output_of(command).code(70).stderr_has("error: cannot make a folder in `");
        output.stderr_has("absent").stderr_has("\nhint: set T").stdout_has("");
    };
    refused(run(&itself("list")));
    refused(command().args(["up", "iscsi-service-stopped"]));
}

/// A list is no answer: the question is lost, and the play with it.
#[test]
fn a_subject_can_be_served() {
    let serve = |subject: &str| run(subject).arg("--serve");
    let output = ran(serve(&itself("list")));
    output.stdout_has("\nsubject not isolated: ").stdout_has("\nsubject served: ");
    ran(serve(&itself("list")).args(["--json", "-"])).stdout_has("\n  \"served\": true,\n");
    failed(serve(&itself("absent")), "before it answered); stderr: error: ");
    output_of(serve("./absent")).code(2).stderr_has("cannot start the subject `");
}

/// It ends well, and what it wrote to standard error is shown all the same.
#[test]
fn standard_error_is_shown_with_what_it_led_to() {
    let inner = itself("run --fidelity memory iscsi-service-stopped --json -");
    ran(run(&inner)).stdout_has("\n              stderr:   confirmed     iscsi-service-stopped\n");
    ran(run(&inner).args(["--json", "-"])).stdout_has("\"stderr\": \"confirmed     iscsi-");
}

#[test]
fn a_run_says_whether_the_subject_was_isolated() {
    let run = |flags: &[&str]| ran(run(&itself("list")).args(flags));
    run(&[]).stdout_has("\nsubject not isolated: ");
    run(&["--subject-isolated"]).stdout_has("\nsubject isolated, as declared\n");
    let json = ["--json", "-", "--subject-isolated"];
    run(&json).stdout_has("\n  \"isolation\": \"isolated\",\n");
}
