use super::{Comparison, ReadError, Report};
use snapbox::{assert_data_eq, str};

/// A report with these plays, each `confirmed` or with the kind of its mismatch.
pub(in crate::report) fn report(corpus: &str, plays: &[(&str, &str)], f1: f64) -> Report {
    let plays: Vec<_> = plays
        .iter()
        .map(|(name, ending)| match *ending {
            "confirmed" => serde_json::json!({ "name": name, "verdict": "confirmed" }),
            kind => serde_json::json!({ "name": name, "verdict": "mismatch", "mismatch": { "kind": kind } }),
        })
        .collect();
    let rates = serde_json::json!({ "found": 1, "missed": 0, "false": 0, "f1": f1 });
    let score = serde_json::json!({ "cause": rates, "about": rates, "both": rates });
    let none = serde_json::json!({ "worlds": 0, "false-findings": 0 });
    let scores = serde_json::json!({
        "all": score, "areas": { "machine": score }, "sections": {},
        "false-findings": { "healthy": none, "controls": none },
        "unchecked": { "named": 0, "out-of-reach": 0 },
        "cost": { "asks": 1, "calls": 1, "bytes": 1, "world-seconds": 0, "with-folder": 0 },
        "pass": [1.0],
    });
    let report = serde_json::json!({
        "version": 2, "corpus": corpus, "seed": 1, "subject": "core", "scores": scores, "plays": plays,
    });
    Report::read(report.to_string().as_bytes()).unwrap()
}

fn text(old: &Report, new: &Report) -> (String, bool) {
    let comparison = Comparison::of(old, new).unwrap();
    let mut out = Vec::new();
    comparison.write(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), comparison.is_worse())
}

#[test]
fn what_got_better_and_worse() {
    let old = report("a", &[("b", "confirmed"), ("c", "not-found"), ("d", "guessed")], 0.5);
    let new = report("a", &[("b", "false-finding"), ("c", "confirmed"), ("d", "not-found")], 0.75);
    let (text, is_worse) = text(&old, &new);
    assert!(is_worse);
    let expected = str![[r#"
core (seed 1) → core (seed 1)

worse: 1 play
  b  confirmed → false finding

better: 1 play
  c  not found → confirmed

otherwise: 1 play
  d  guessed → not found

F1 by area (cause, about the right thing):
  machine  0.500 → 0.750

confirmed: 1 of 3 → 1 of 3

"#]];
    assert_data_eq!(text, expected);
}

#[test]
fn the_same_is_not_worse() {
    let one = report("a", &[("b", "confirmed"), ("c", "not-found")], 0.5);
    let (text, is_worse) = text(&one, &one);
    assert!(!is_worse);
    let expected = str![[r#"
core (seed 1) → core (seed 1)

confirmed: 1 of 2 → 1 of 2

"#]];
    assert_data_eq!(text, expected);
}

#[test]
fn repeats_are_compared_by_how_often_they_are_confirmed() {
    let old = report("a", &[("b", "confirmed"), ("b", "not-found")], 0.5);
    let new = report("a", &[("b", "confirmed"), ("b", "confirmed"), ("b", "confirmed")], 0.5);
    assert!(text(&old, &new).0.contains("b  1 × confirmed, 1 × not found → 3 × confirmed"));
    assert!(text(&new, &old).1);
}

#[test]
fn another_corpus_is_refused() {
    let (one, other) = (report("abc", &[], 0.0), report("def", &[], 0.0));
    let refused = Comparison::of(&one, &other).unwrap_err().to_string();
    assert!(refused.contains("(`abc` and `def`)"), "{refused}");
}

#[test]
fn what_is_no_report_is_refused() {
    let read = |text: &str| Report::read(text.as_bytes()).unwrap_err();
    assert!(matches!(read("{}"), ReadError::Json(_)));
    assert!(matches!(read("{\"version\": 2}"), ReadError::Json(_)));
    assert!(matches!(read("{\"version\": 1, \"plays\": []}"), ReadError::Version(1)));
}
