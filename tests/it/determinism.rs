//! One seed, one report.

use std::num::NonZeroUsize;

use marslab::corpus;
use marslab::live::memo;
use marslab::report::{Summary, json};
use marslab::scenario::Play;
use marslab_tests::memory;

use crate::runs::{CHINESE, ENGLISH, KOREAN, played_of};

fn report(run: &Summary) -> String {
    let mut written = Vec::new();
    json::write(&mut written, run).unwrap();
    String::from_utf8(written).unwrap()
}

/// Neither how many plays run at a time decides anything, nor what is remembered in a process.
#[test]
fn two_runs_with_one_seed_give_the_same_bytes() {
    let plays: Vec<&Play> = corpus::plays().step_by(9).collect();
    let run = |jobs| played_of(&plays, &memory(), jobs, Summary::default());
    let one_by_one = run(NonZeroUsize::MIN);
    let several = run(NonZeroUsize::new(4).unwrap());
    memo::switch_off();
    let forgetful = run(NonZeroUsize::MIN);
    memo::switch_on();
    for other in [several, forgetful] {
        let difference = json::first_difference(&other, &one_by_one);
        assert!(report(&other) == report(&one_by_one), "{difference:?}");
    }
}

#[test]
fn another_seed_gives_the_same_verdicts() {
    for (other, seed) in [(&KOREAN, 1), (&CHINESE, u64::MAX)] {
        assert_eq!(other.run().unwrap().seed, seed);
        assert_eq!(other.counts(), ENGLISH.counts());
        assert_ne!(report(other), report(&ENGLISH), "the seed decides nothing");
    }
}
