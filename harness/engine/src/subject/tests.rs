use proptest::prelude::*;

use super::{CommandError, CommandSubject, read_diagnosis};
use crate::process::Limits;

#[test]
fn a_command_is_split_as_a_shell_splits_it() {
    let subject =
        CommandSubject::new(r#"./diagnose --mode "all of it""#, Limits::default()).unwrap();
    assert_eq!(subject.program, "./diagnose");
    assert_eq!(subject.arguments, ["--mode", "all of it"]);
    let refused = |text: &str| CommandSubject::new(text, Limits::default()).unwrap_err();
    assert_eq!(refused("  "), CommandError::Empty);
    assert!(refused("'x").to_string().contains("unclosed quote"));
}

#[track_caller]
fn check(answer: &str, expected: &str) {
    let error = read_diagnosis(answer.as_bytes()).unwrap_err().to_string();
    assert!(error.contains(expected), "{answer:?}: {error}");
}

#[test]
fn answers_are_read_strictly() {
    check("", "standard output is empty");
    check("\n", "standard output is empty");
    check("{", "line 1 column 1");
    check(r#"{"findings": []}"#, "version");
    check(r#"{"version": 2}"#, "version 2");
    check(r#"{"version": 1, "finding": []}"#, "unknown field `finding`");
    check(r#"{"version": 1, "findings": [{}]}"#, "cause");
    check(r#"{"version": 1} {"version": 1}"#, "trailing");
    let diagnosis = read_diagnosis(br#"{"version": 1, "findings": [{"cause": "x"}]}"#).unwrap();
    assert_eq!(diagnosis.findings[0].cause, "x");
}

proptest! {
    #[test]
    fn no_answer_makes_the_lab_stumble(answer in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read_diagnosis(&answer));
    }
}
