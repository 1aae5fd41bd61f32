use clap::ValueEnum as _;

use super::Reasons;
use crate::fate::{Fate, Mutant, Notice};
use crate::listed::Listed;
use crate::target::Target;
use crate::tool;

const FILE: &str = "harness/core/src/rules/clock.rs";

fn mutant(change: &str, fate: Fate) -> Mutant {
    let name = format!("{FILE}:1:2: {change}");
    Mutant { file: FILE.to_owned(), name, change: change.to_owned(), fate }
}

fn reasons(times: usize) -> Reasons {
    let text = format!(
        "[[survivor]]\nfile = {FILE:?}\nchange = \"one\"\ntimes = {times}\nwhy = \"because\"\n"
    );
    Reasons::parse(&text).unwrap()
}

fn listed(change: &str) -> Listed {
    let place = serde_json::json!({"line": 1, "column": 2});
    serde_json::from_value(serde_json::json!({
        "package": "p", "file": FILE, "name": format!("{FILE}:1:2: {change}"), "genre": "FnValue",
        "replacement": "", "span": {"start": place, "end": place}, "function": null,
    }))
    .unwrap()
}

#[test]
fn a_survivor_needs_a_reason_each_time() {
    let once = [mutant("one", Fate::Missed), mutant("two", Fate::Caught(Notice::default()))];
    let twice = [mutant("one", Fate::Missed), mutant("one", Fate::Missed)];
    let other = [mutant("two", Fate::Missed)];
    assert_eq!(reasons(1).unexplained(&once), Vec::<String>::new());
    assert_eq!(reasons(2).unexplained(&twice), Vec::<String>::new());
    assert_eq!(reasons(1).unexplained(&twice).len(), 1);
    let expected = [format!("survived without a reason: {FILE}: two")];
    assert_eq!(reasons(1).unexplained(&other), expected);
    assert_eq!(reasons(1).of(&once[0]), Some("because"));
}

#[test]
fn a_reason_needs_its_survivor() {
    let missed = [mutant("one", Fate::Missed)];
    let caught = [mutant("one", Fate::Caught(Notice::default()))];
    assert_eq!(reasons(1).needless(&missed), Vec::<String>::new());
    assert_eq!(reasons(1).needless(&caught).len(), 1);
    assert_eq!(reasons(2).needless(&missed).len(), 1);
}

#[test]
fn a_reason_needs_its_mutant() {
    assert_eq!(reasons(1).strangers(&[listed("one")]), Vec::<String>::new());
    assert_eq!(reasons(1).strangers(&[listed("two")]).len(), 1);
    assert_eq!(reasons(2).strangers(&[listed("one")]).len(), 1);
}

/// Each reason is of a file that is there, and stands once.
#[test]
fn the_checked_in_reasons_are_sound() {
    for target in Target::value_variants() {
        each_is_sound(&Reasons::read(*target).unwrap());
    }
}

fn each_is_sound(reasons: &Reasons) {
    for (at, one) in reasons.all().iter().enumerate() {
        assert!(tool::root().join(&one.file).is_file(), "{}", one.file);
        assert!(one.why.len() > 20 && one.times > 0, "{}: {}", one.file, one.change);
        let again = reasons.all().iter().skip(at + 1);
        let is_again =
            |other: &&super::Survivor| (&other.file, &other.change) == (&one.file, &one.change);
        assert_eq!(again.filter(is_again).count(), 0, "{}: {}", one.file, one.change);
    }
}
