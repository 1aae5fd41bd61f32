use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FalseRate, Scores};
use crate::report::Summary;
use crate::report::tests::events::{confirmed, run_started, started};
use marslab_engine::event::{AskRecord, Event, Expected};
use marslab_engine::trace::Trace;
use marslab_engine::verdict::{Beat, Mismatch, MismatchKind, Verdict};
use marslab_model::{Diagnosis, Finding, Level, Unchecked};
use marslab_scenario::catalogue::{AreaId, Catalogue};
use marslab_scenario::scenario::Group;

fn group(cause: &str, about: Option<&str>) -> Group {
    let any = vec![Catalogue::known().cause(cause).unwrap().id.clone()];
    Group { any, about: about.map(str::to_owned) }
}

fn finding(cause: &str, about: Option<&str>) -> Finding {
    Finding {
        cause: cause.to_owned(),
        about: about.map(str::to_owned),
        level: Level::Cause,
        evidence: Vec::new(),
        remedy: None,
    }
}

/// An ask about the world with this number: what is expected, and what is found.
fn ask(world: usize, groups: Vec<Group>, findings: Vec<Finding>) -> AskRecord {
    AskRecord {
        beat: Beat::Diagnosed,
        world,
        seconds: 3,
        expected: Expected { groups, may: Vec::new() },
        said: Some(Diagnosis { findings, ..Diagnosis::healthy() }),
        out_of_reach: BTreeSet::new(),
        trace: Arc::new(Trace { count: 2, bytes: 10, ..Trace::default() }),
    }
}

fn scores(asks: Vec<AskRecord>) -> Scores {
    let mut summary = Summary::default();
    summary.add(run_started(1));
    summary.add(started(0, "a"));
    asks.into_iter().for_each(|ask| summary.add(Event::Asked { index: 0, ask }));
    summary.add(confirmed(0));
    summary.add(Event::RunEnded { unplayed: 0 });
    Scores::of(&summary)
}

const PROXY: &str = "proxy-ip-wrong";
const ISCSI: &str = "iscsi-service-stopped";

#[test]
fn the_cause_and_what_it_is_about_count_apart() {
    let expected = vec![group(PROXY, Some("10.0.0.6:8080"))];
    let all = scores(vec![ask(0, expected, vec![finding(PROXY, Some("10.0.0.7:8080"))])]).all;
    assert_eq!((all.cause.found, all.cause.missed, all.cause.wrong), (1, 0, 0));
    assert_eq!((all.about.found, all.about.missed, all.about.wrong), (0, 1, 1));
    assert_eq!((all.both.found, all.both.missed, all.both.wrong), (0, 1, 1));
    assert_eq!((all.cause.f1, all.both.f1), (Some(1.0), Some(0.0)));
}

/// Whoever is wrong about one thing loses there, and nowhere else.
#[test]
fn an_area_is_blamed_for_its_own_causes_only() {
    let right = ask(0, vec![group(PROXY, None)], vec![finding(PROXY, None)]);
    let good = scores(vec![right.clone()]);
    let bad = scores(vec![right.clone(), ask(1, vec![group(ISCSI, None)], Vec::new())]);
    let worse = scores(vec![right, ask(1, Vec::new(), vec![finding(ISCSI, None)])]);
    let of_proxy = |scores: &Scores| {
        let areas = &Catalogue::known().cause(PROXY).unwrap().areas;
        assert!(!areas.is_empty());
        areas.iter().map(|area| scores.areas[area.as_str()]).collect::<Vec<_>>()
    };
    // It is found on the machine itself.
    assert!(Catalogue::known().cause(ISCSI).unwrap().areas.is_empty());
    for (scores, recall, precision) in [(bad, Some(0.0), None), (worse, None, Some(0.0))] {
        assert_eq!(of_proxy(&scores), of_proxy(&good));
        let rates = scores.areas["machine"].cause;
        assert_eq!((rates.recall, rates.precision), (recall, precision));
    }
}

#[test]
fn a_world_counts_once_and_every_ask_costs() {
    let again = || ask(0, vec![group(ISCSI, None)], vec![finding(ISCSI, None)]);
    let scores = scores(vec![again(), again()]);
    assert_eq!(scores.all.cause.found, 1);
    assert_eq!((scores.cost.asks, scores.cost.calls, scores.cost.bytes), (2, 4, 20));
    assert_eq!(scores.cost.world_seconds, 6);
}

#[test]
fn what_is_found_where_nothing_is_counts() {
    let scores =
        scores(vec![ask(0, vec![], vec![finding("kek-mising", None)]), ask(1, vec![], vec![])]);
    let one = FalseRate { worlds: 2, false_findings: 1 };
    assert_eq!(scores.false_findings.healthy, one);
    assert_eq!(scores.areas["unknown"].cause.wrong, 1);
}

#[test]
fn an_ask_without_an_answer_finds_nothing() {
    let failed = AskRecord { said: None, ..ask(0, vec![group(ISCSI, None)], vec![]) };
    assert_eq!(scores(vec![failed]).all.cause.missed, 1);
}

#[test]
fn unchecked_is_honest_where_it_is_out_of_reach() {
    let mut asked = ask(0, vec![], vec![]);
    let area = |id: &str| Catalogue::known().area(id).unwrap().id.clone();
    let names: Vec<AreaId> = Catalogue::known().areas.keys().take(2).cloned().collect();
    let unchecked = |id: &AreaId| Unchecked { what: id.to_string(), because: "no".to_owned() };
    let said =
        Diagnosis { unchecked: names.iter().map(unchecked).collect(), ..Diagnosis::healthy() };
    asked.said = Some(said);
    asked.out_of_reach = BTreeSet::from([area(names[0].as_str())]);
    let scores = scores(vec![asked]);
    assert_eq!((scores.unchecked.named, scores.unchecked.out_of_reach), (2, 1));
}

#[test]
fn pass_of_k_falls_with_k() {
    let mut summary = Summary::default();
    summary.add(run_started(3));
    for index in 0..3 {
        summary.add(started(index, "a"));
    }
    summary.add(confirmed(0));
    summary.add(confirmed(1));
    let mismatch = Mismatch {
        beat: Beat::Diagnosed,
        kind: MismatchKind::NotFound,
        expected: String::new(),
        seen: String::new(),
        nearest: None,
        stderr: None,
    };
    summary.add(Event::PlayEnded { index: 2, verdict: Verdict::Mismatch(mismatch) });
    assert_eq!(Scores::of(&summary).pass, [0.666_667, 0.333_333, 0.0]);
}
