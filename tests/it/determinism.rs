//! One seed, one report.

use std::num::{NonZeroU32, NonZeroUsize};

use marslab::corpus;
use marslab::play::Options;
use marslab::report::{Summary, json};
use marslab::runner::{RunConfig, run};
use marslab::scenario::Play;
use marslab_tests::{memory, reference};

fn report(options: &Options, jobs: usize) -> String {
    let plays: Vec<&Play> = corpus::plays().collect();
    let mut summary = Summary::default();
    let config = RunConfig { jobs: NonZeroUsize::new(jobs).unwrap(), repeats: NonZeroU32::MIN };
    run(&plays, &reference(), options, config, &mut |event| summary.hear(event));
    let mut written = Vec::new();
    json::write(&mut written, &summary).unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn two_runs_with_one_seed_give_the_same_bytes() {
    assert_eq!(report(&memory(), 1), report(&memory(), 3));
}

#[test]
fn another_seed_gives_the_same_verdicts() {
    let other = Options { seed: 1, ..memory() };
    let one: serde_json::Value = serde_json::from_str(&report(&memory(), 2)).unwrap();
    let two: serde_json::Value = serde_json::from_str(&report(&other, 2)).unwrap();
    assert_eq!(one["counts"], two["counts"]);
}
