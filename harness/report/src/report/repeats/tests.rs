use marslab_model::{Diagnosis, Finding, Level, Operation, Outcome, Symptom};

use super::deviations;
use crate::report::Summary;
use marslab_engine::event::{BeatRecord, Event, Expected, PlayInfo};
use marslab_engine::verdict::{Beat, Verdict};
use marslab_scenario::PlayKind;
use marslab_scenario::scenario::Group;

/// A repeat of a play that shows this error and finds these causes.
fn add(summary: &mut Summary, seed: u64, error: &str, causes: &[&str]) {
    let play = PlayInfo {
        name: "kek".to_owned(),
        title: String::new(),
        failure: None,
        kind: PlayKind::Failure,
        article: String::new(),
        beyond: false,
        operation: Operation::Backup,
        file: None,
        line: None,
        pack: None,
        seed: Some(seed),
    };
    let finding = |cause: &&str| Finding {
        cause: (*cause).to_owned(),
        about: None,
        level: Level::Cause,
        evidence: vec![format!("seen with seed {seed}")],
        remedy: None,
    };
    let findings = causes.iter().map(finding).collect();
    let symptom = Symptom { error: error.to_owned(), message: format!("seed {seed}") };
    let beat = BeatRecord {
        said: Vec::new(),
        complaint: None,
        expected: None,
        beat: Beat::Broken,
        done: Vec::new(),
        in_the_way: Vec::new(),
        twin: None,
        past: None,
        stopped_at: None,
        outcome: Some(Outcome::Failed(symptom)),
        wire: vec![format!("key of seed {seed}")],
        diagnosis: Some(Diagnosis { findings, unchecked: Vec::new(), ..Diagnosis::healthy() }),
        trace: None,
    };
    add_beat(summary, play, beat);
}

fn add_beat(summary: &mut Summary, play: PlayInfo, beat: BeatRecord) {
    let index = usize::try_from(play.seed.unwrap()).unwrap();
    summary.add(Event::PlayStarted { index, play });
    summary.add(Event::BeatPlayed { index, beat });
    summary.add(Event::PlayEnded { index, verdict: Verdict::Confirmed });
}

/// A file's name has the date at which it was made, and its folder a user's name: both are drawn.
#[test]
fn what_is_expected_may_be_called_otherwise_in_another_world() {
    let deviations_of = |expected: [&str; 2], found: [&str; 2]| {
        let mut summary = Summary::default();
        for (seed, (expected, found)) in (7..).zip(expected.into_iter().zip(found)) {
            let mut one = Summary::default();
            add(&mut one, seed, "34506", &["kek-missing"]);
            let story = one.plays()[0].clone();
            let mut beat = story.beats[0].clone();
            let any = vec!["kek-missing".into()];
            let groups = vec![Group { any, about: Some(expected.to_owned()) }];
            beat.expected = Some(Box::new(Expected { groups, may: Vec::new() }));
            beat.diagnosis.as_mut().unwrap().findings[0].about = Some(found.to_owned());
            add_beat(&mut summary, story.info, beat);
        }
        deviations(&summary).len()
    };
    let (one, other) = (r"C:\Users\itoj\key", r"C:\Users\huangt\key");
    assert_eq!(deviations_of([one, other], [one, other]), 0);
    assert_eq!(deviations_of([one, other], [one, one]), 1);
}

#[test]
fn evidence_wire_and_order_may_differ() {
    let mut summary = Summary::default();
    add(&mut summary, 7, "34506", &["a", "b"]);
    add(&mut summary, 8, "34506", &["b", "a"]);
    assert_eq!(deviations(&summary), []);
}

#[test]
fn errors_and_findings_may_not() {
    let mut summary = Summary::default();
    add(&mut summary, 7, "34506", &["a"]);
    add(&mut summary, 8, "34506", &["a"]);
    add(&mut summary, 9, "34506", &[]);
    add(&mut summary, 10, "100050", &["a"]);
    let found = deviations(&summary);
    let [deviation] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((deviation.first_seed, deviation.seed), (7, 9));
    assert!(deviation.first.ends_with("error 34506, found `a`"), "{}", deviation.first);
    assert!(deviation.seen.ends_with("error 34506, nothing found"), "{}", deviation.seen);
}

#[test]
fn the_first_that_differs_is_named() {
    let mut summary = Summary::default();
    add(&mut summary, 7, "34506", &[]);
    add(&mut summary, 8, "100050", &[]);
    let found = deviations(&summary);
    assert_eq!(found.len(), 1);
    assert!(found[0].seen.contains("error 100050"), "{found:?}");
}
