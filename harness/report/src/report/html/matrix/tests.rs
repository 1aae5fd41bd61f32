use marslab_model::{Diagnosis, Finding, Level};

use super::{Matrix, NOTHING};
use crate::report::Summary;
use crate::report::tests::events::{healthy, run_started, started};
use marslab_engine::event::{BeatRecord, Event, Expected};
use marslab_engine::verdict::Beat;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Group;

/// One of these causes, about this.
fn group(any: &[&str], about: Option<&str>) -> Group {
    let id = |name: &&str| Catalogue::known().cause(name).unwrap().id.clone();
    Group { any: any.iter().map(id).collect(), about: about.map(str::to_owned) }
}

fn finding(cause: &str, about: Option<&str>, level: Level) -> Finding {
    let (cause, about) = (cause.to_owned(), about.map(str::to_owned));
    Finding { cause, about, level, evidence: Vec::new(), remedy: None }
}

/// Checks what is counted, `expected found met odd` a line.
#[track_caller]
fn check(expected: Expected, findings: Vec<Finding>, counted: &[(&str, &str, usize, usize)]) {
    let diagnosis = Some(Diagnosis { findings, unchecked: Vec::new(), ..Diagnosis::healthy() });
    let expected = Some(Box::new(expected));
    let beat = BeatRecord { beat: Beat::Diagnosed, expected, diagnosis, ..healthy() };
    let mut summary = Summary::default();
    summary.add(run_started(1));
    summary.add(started(0, "a"));
    summary.add(Event::BeatPlayed { index: 0, beat });
    let matrix = Matrix::of(&summary);
    let cells = matrix.cells.iter();
    let seen: Vec<_> = cells
        .map(|((row, column), cell)| (row.as_str(), column.as_str(), cell.met, cell.odd.len()))
        .collect();
    assert_eq!(seen, counted);
}

const KEK: &str = "kek-missing";
const LOW: &str = "scratch-volume-low";
const MOVED: &str = "scratch-moved";

#[test]
fn what_agrees_is_on_the_diagonal() {
    check(Expected::default(), Vec::new(), &[(NOTHING, NOTHING, 1, 0)]);
    let expected =
        Expected { groups: vec![group(&[LOW, KEK], None)], may: vec![group(&[MOVED], None)] };
    let found = vec![finding(KEK, None, Level::Cause), finding(MOVED, None, Level::Advice)];
    check(expected, found, &[(KEK, KEK, 1, 0), (MOVED, MOVED, 1, 0)]);
}

#[test]
fn what_does_not_agree_is_beside_it() {
    let expected = || Expected { groups: vec![group(&[KEK], Some("C:\\K"))], may: Vec::new() };
    check(expected(), Vec::new(), &[(KEK, NOTHING, 0, 1)]);
    check(expected(), vec![finding(LOW, None, Level::Cause)], &[(KEK, LOW, 0, 1)]);
    let right = || finding(KEK, Some("c:\\k"), Level::Cause);
    let both = vec![right(), finding(LOW, None, Level::Cause)];
    check(expected(), both, &[(NOTHING, LOW, 0, 1), (KEK, KEK, 1, 0)]);
    // The right cause about something else, or only as advice.
    check(expected(), vec![finding(KEK, None, Level::Cause)], &[(KEK, KEK, 0, 1)]);
    let advice = Finding { level: Level::Advice, ..right() };
    check(expected(), vec![advice], &[(KEK, KEK, 0, 1)]);
    check(Expected::default(), vec![right()], &[(NOTHING, KEK, 0, 1)]);
}
