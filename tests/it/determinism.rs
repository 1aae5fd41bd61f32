//! One seed, one report.

use std::num::NonZeroUsize;

use marslab::report::{Summary, json};
use marslab_tests::memory;

use crate::runs::{CHINESE, ENGLISH, KOREAN, played};

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

#[test]
fn another_seed_gives_the_same_verdicts() {
    for (other, seed) in [(&KOREAN, 1), (&CHINESE, u64::MAX)] {
        assert_eq!(other.run().unwrap().seed, seed);
        assert_eq!(other.counts(), ENGLISH.counts());
        assert_ne!(report(other), report(&ENGLISH), "the seed decides nothing");
    }
}
