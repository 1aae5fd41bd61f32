//! Trainings, typed into a pipe.

use crate::{Files, Output, command, marslab, output_of, typed};

/// A training with these lines.
fn train(arguments: &[&str], lines: &str) -> Output {
    output_of(command().arg("train").args(arguments).stdin(lines.to_owned()))
}

#[test]
fn a_cured_training_is_recorded_told_again_and_added_to_a_class() {
    let files = Files::new();
    let (record, class) = (typed(&files.path("record.json")), typed(&files.path("class.csv")));
    let lines = "check\nsubmit agent-service-stopped\ndo start-agent-service\ncheck\nquit\n";
    let arguments =
        ["agent-service-stopped", "--record", &record, "--class", &class, "--seed", "7"];
    train(&arguments, lines)
        .code(0)
        .stdout_has("Ticket T-")
        .stdout_has("It does not work yet.")
        .stdout_has("It works now.")
        .stdout_has("Score: 85 of 100, cured");
    marslab(&["replay", &record])
        .code(0)
        .stdout_has(">do start-agent-service\n")
        .stdout_has("agent-service-stopped")
        .stdout_has("seed 7");
    // The record of somebody else is not written over.
    train(&arguments, "quit\n").code(2).stderr_has("nothing was run");
    let arguments = ["agent-service-stopped", "--class", &class, "--seed", "8"];
    train(&arguments, "quit\n").code(1).stdout_has("not cured");
    let rows = std::fs::read_to_string(&class).unwrap();
    assert_eq!(rows.lines().count(), 3, "{rows}");
    assert_eq!(rows.matches("ending").count(), 1, "{rows}");
}

/// Where the input ends, what was done is judged and kept.
#[test]
fn the_end_of_the_input_ends_the_training() {
    let files = Files::new();
    let record = typed(&files.path("record.json"));
    let lines = "note seen nothing\nhint\n";
    train(&["--difficulty", "1", "--seed", "3", "--record", &record], lines)
        .code(130)
        .stdout_has("(interrupted)");
    marslab(&["replay", &record]).code(0).stdout_has("seen nothing").stdout_has("difficulty 1");
    output_of(command().args(["replay", "--step", &record]).stdin("\n\n"))
        .code(0)
        .stdout_has("hint");
}

/// Before the end, neither the terminal nor the record tells what it is.
#[test]
fn a_ticket_tells_only_the_symptom() {
    let output = train(&["passphrase-kek-missing", "--lang", "ko"], "help\nhint\noperate\n");
    let before = output.stdout.split("점수:").next().unwrap();
    assert!(before.contains("고객의 설명"), "{before}");
    for word in ["kek", "file-missing"] {
        assert!(!before.contains(word), "{before}");
    }
    assert!(output.stdout.contains("passphrase-kek-missing"));
}

/// A lesson from its start to its end, in the trainer's words.
#[test]
fn a_lesson_goes_from_exercise_to_exercise() {
    let listed = marslab(&["list", "lessons"]).code(0).stdout;
    assert!(listed.lines().count() >= 5, "{listed}");
    let lines =
        "do start-agent-service\nquit\ndo start-iscsi-service\nquit\ndo restore-kek\nquit\n";
    train(&["--lesson", "first-look", "--lang", "zh-TW"], lines)
        .code(0)
        .stdout_has("請從服務開始檢查。")
        .stdout_has("iscsi-service-stopped")
        .stdout_has("passphrase-kek-missing");
    train(&["--lesson", "first-look"], "quit\n").code(130).stdout_has("Begin with the services.");
    train(&["--lesson", "first-lok"], "").code(2).stderr_has("did you mean `first-look`");
}

#[test]
fn bad_input() {
    train(&["kek-mising"], "").code(4).stderr_has("no play matches `kek-mising`");
    train(&["antivirus-watches-dpmra"], "").code(2).stderr_has("nothing to repair in");
    train(&["--section", "odd"], "").code(2).stderr_has("unknown section `odd`");
    train(&["--section", "the"], "").code(2).stderr_has("several sections");
    train(&["--difficulty", "6"], "").code(2).stderr_has("6");
    train(&["--random", "--time", "1000h"], "").code(2).stderr_has("from one second to 168 hours");
    train(&[], "").code(2).stderr_has("--random");
    train(&["--random", "iscsi-service-stopped"], "").code(2).stderr_has("cannot be used with");
    let files = Files::new();
    let odd = files.with("odd.json", "{\"version\": 1}");
    marslab(&["replay", &odd]).code(2).stderr_has("it is not a record of a training");
    let newer = files.with("newer.json", "{\"version\": 2}");
    marslab(&["replay", &newer]).code(2).stderr_has("its version is 2");
    marslab(&["replay", "/nonexistent/x.json"]).code(2).stderr_has("cannot read the record");
    train(&["--random", "--record", "/nonexistent/x.json"], "").code(2).stderr_has("cannot write");
}
