use std::io;

use marslab::report::json::Difference;
use marslab::report::repeats::Deviation;
use marslab::scenario::Paint;

use super::CliError;
use crate::names::Suggestion;

#[track_caller]
fn check(error: &CliError, expected: &str) {
    let mut out = Vec::new();
    error.print(&mut out, Paint::Plain).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

fn differ(place: &str, first: Option<&str>) -> CliError {
    let found = Difference {
        play: "kek".to_owned(),
        place: place.to_owned(),
        first: first.map(str::to_owned),
        second: None,
    };
    CliError::RunsDiffer { seed: 7, found }
}

#[test]
fn texts() {
    let suggestion = Suggestion::Similar("did you mean `blocks`?".to_owned());
    let unknown = CliError::Unknown { noun: "fault", name: "bloks".to_owned(), suggestion };
    check(&unknown, "error: unknown fault `bloks`\nhint: did you mean `blocks`?\n");
    let several = CliError::Ambiguous { name: "x".to_owned(), kinds: vec!["fault", "cause"] };
    check(
        &several,
        "error: `x` is ambiguous\n\
         hint: use `marslab show fault x` or `marslab show cause x`\n",
    );
    check(
        &CliError::Write(io::Error::other("the disk is full")),
        "error: cannot write output: the disk is full\n",
    );
}

#[test]
fn deviations() {
    let one = |play: &str| Deviation {
        play: play.to_owned(),
        first_seed: 7,
        first: "confirmed".to_owned(),
        seed: 9,
        seen: "inconclusive".to_owned(),
    };
    check(
        &CliError::RepeatsDiffer(vec![one("kek")]),
        "error: the repeats of `kek` differ\n\
         hint: `kek`: confirmed with seed 7, inconclusive with seed 9\n",
    );
    check(
        &CliError::RepeatsDiffer(vec![one("kek"), one("window")]),
        "error: the repeats of 2 plays differ\n\
         hint: `kek`: confirmed with seed 7, inconclusive with seed 9\n      \
         `window`: confirmed with seed 7, inconclusive with seed 9\n",
    );
}

#[test]
fn differences() {
    check(
        &differ("beats[0].wire[1]", Some("\"a\"")),
        "error: two runs with seed 7 differ in `kek` at `beats[0].wire[1]`\n\
         hint: the first run has \"a\", the second nothing\n",
    );
    let long = "x".repeat(300);
    let cut = format!("{}…", "x".repeat(200));
    check(
        &differ("", Some(&long)),
        &format!(
            "error: two runs with seed 7 differ in `kek`\nhint: the first run has {cut}, the second nothing\n"
        ),
    );
}
