//! One seed, one report.

use std::num::NonZeroUsize;

use marslab::corpus;
use marslab::live::memo;
use marslab::report::{Summary, json};
use marslab::scenario::Play;
use marslab_tests::memory;

use crate::runs::{CHINESE, ENGLISH, KOREAN, played, played_of};

fn report(run: &Summary) -> String {
    let mut written = Vec::new();
    json::write(&mut written, run).unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn two_runs_with_one_seed_give_the_same_bytes() {
    let again = played(&memory(), NonZeroUsize::MIN, Summary::default());
    assert!(report(&again) == report(&ENGLISH), "{:?}", json::first_difference(&again, &ENGLISH));
}

/// What is remembered in a process decides nothing.
#[test]
fn a_run_that_remembers_nothing_gives_the_same_bytes() {
    let plays: Vec<&Play> = corpus::plays().step_by(11).collect();
    let run = || report(&played_of(&plays, &memory(), NonZeroUsize::MIN, Summary::default()));
    let remembering = run();
    memo::switch_off();
    let anew = run();
    memo::switch_on();
    assert!(remembering == anew, "the reports differ");
}

#[test]
fn another_seed_gives_the_same_verdicts() {
    for (other, seed) in [(&KOREAN, 1), (&CHINESE, u64::MAX)] {
        assert_eq!(other.run().unwrap().seed, seed);
        assert_eq!(other.counts(), ENGLISH.counts());
        assert_ne!(report(other), report(&ENGLISH), "the seed decides nothing");
    }
}
