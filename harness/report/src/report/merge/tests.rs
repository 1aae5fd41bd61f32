use marslab_engine::event::Event;
use marslab_engine::shard::Shard;
use marslab_engine::verdict::Verdict;

use super::{MergeError, Merged, Part};
use crate::report::tests::events::{confirmed, mismatch, run_started, started};
use crate::report::{Measured, Summary, json};

const PLAYS: [(&str, bool); 5] =
    [("d", true), ("a", false), ("e", true), ("b", true), ("window", false)];

/// The report of a part of these plays, `true` where they are confirmed.
fn report(shard: Option<Shard>, change: fn(&mut Event)) -> Vec<u8> {
    let plays = shard.map_or_else(|| PLAYS.to_vec(), |shard| shard.select(&PLAYS));
    let mut start = run_started(plays.len());
    if let Event::RunStarted(run) = &mut start {
        run.shard = shard;
    }
    change(&mut start);
    let mut summary = Summary::default();
    summary.add(start);
    for (index, (name, is_confirmed)) in plays.into_iter().enumerate() {
        summary.add(started(index, name));
        let verdict = Verdict::Mismatch(mismatch());
        let odd = Event::PlayEnded { index, verdict };
        summary.add(if is_confirmed { confirmed(index) } else { odd });
    }
    summary.add(Event::RunEnded { unplayed: 0 });
    let measured = Measured { seconds: 1.5, ..Measured::default() };
    let summary = if shard.is_some() { summary.with_times(measured) } else { summary };
    let mut text = Vec::new();
    json::write(&mut text, &summary).unwrap();
    text
}

fn part(number: u32, of: u32) -> (String, Part) {
    changed(number, of, |_| {})
}

fn changed(number: u32, of: u32, change: fn(&mut Event)) -> (String, Part) {
    let text = report(Shard::new(number, of), change);
    (format!("{number}.json"), Part::read(&text).unwrap())
}

fn refused(parts: Vec<(String, Part)>) -> String {
    Merged::of(parts).err().unwrap().to_string()
}

#[test]
fn all_shards_are_the_run_to_the_byte() {
    let whole = String::from_utf8(report(None, |_| {})).unwrap();
    for of in 1..=8 {
        // In whatever order they come.
        let parts = (1..=of).rev().map(|number| part(number, of)).collect();
        let mut text = Vec::new();
        Merged::of(parts).unwrap().write(&mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), whole, "{of} shards");
    }
}

#[test]
fn what_is_not_one_run_is_refused() {
    assert_eq!(refused(vec![part(1, 4), part(3, 4)]), "missing: shard 2/4, 4/4");
    let twice = vec![part(1, 2), part(2, 2), part(1, 2)];
    assert_eq!(refused(twice), "`1.json` and `1.json` are both of shard 1/2");
    let whole = Part::read(&report(None, |_| {})).unwrap();
    assert!(refused(vec![("x".to_owned(), whole)]).starts_with("`x` is no report of a shard; "));
    let other_seed = changed(2, 2, |event| {
        if let Event::RunStarted(run) = event {
            run.seed += 1;
        }
    });
    let told = "`1.json` and `2.json` are of different runs: their seeds differ";
    assert_eq!(refused(vec![part(1, 2), other_seed]), told);
    assert_eq!(
        refused(vec![part(1, 2), part(2, 3)]),
        "`1.json` and `2.json` are of different runs: their numbers of shards differ"
    );
    // Nothing that a report claims makes the lab count without end.
    let text = String::from_utf8(report(Shard::new(1, 2), |_| {})).unwrap();
    let claims = |number: u32, of: u32| {
        let text = text.replace("\"number\": 1", &format!("\"number\": {number}"));
        let text = text.replace("\"of\": 2", &format!("\"of\": {of}"));
        refused(vec![("x".to_owned(), Part::read(text.as_bytes()).unwrap())])
    };
    assert!(claims(3, 2).starts_with("`x` is no report of a shard; "));
    assert!(claims(1, u32::MAX).starts_with("missing: shard 2/4294967295, 3/"));
    assert_eq!(Merged::of(Vec::new()).err(), Some(MergeError::Missing(Vec::new())));
    assert!(Part::read(b"{}").is_err());
}
