//! One seed, one report.

use std::num::NonZeroUsize;

use marslab::corpus;
use marslab::live::memo;
use marslab::play::Options;
use marslab::report::{Summary, json};
use marslab::scenario::Play;
use marslab_tests::memory;
use serde_json::Value;

use crate::runs::{CHINESE, ENGLISH, cores, played_of};

fn report(run: &Summary) -> String {
    let mut written = Vec::new();
    json::write(&mut written, run).unwrap();
    String::from_utf8(written).unwrap()
}

/// Neither how many plays run at a time decides anything, nor what is remembered in a process.
#[test]
fn two_runs_with_one_seed_give_the_same_bytes() {
    let plays: Vec<&Play> = corpus::plays().step_by(18).collect();
    let run = |jobs| played_of(&plays, &memory(), jobs, Summary::default());
    let one_by_one = run(NonZeroUsize::MIN);
    let several = run(NonZeroUsize::new(4).unwrap());
    memo::switch_off();
    let forgetful = run(NonZeroUsize::MIN);
    memo::switch_on();
    for other in [several, forgetful] {
        assert!(
            report(&other) == report(&one_by_one),
            "{:?}",
            json::first_difference(&other, &one_by_one),
        );
    }
}

#[test]
fn another_seed_gives_the_same_verdicts() {
    assert_eq!(CHINESE.run().unwrap().seed, u64::MAX);
    assert_eq!(CHINESE.counts(), ENGLISH.counts());
    let plays: Vec<&Play> = corpus::plays().step_by(90).collect();
    let told_of = |seed| -> Value {
        let options = Options { seed, ..memory() };
        let written = report(&played_of(&plays, &options, cores(), Summary::default()));
        // The seed itself stands before them.
        serde_json::from_str::<Value>(&written).unwrap()["plays"].take()
    };
    assert_ne!(told_of(1), told_of(2), "the seed decides nothing");
}
