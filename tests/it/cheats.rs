//! Subjects that remember instead of looking. Each knows one run by heart, and is worth nothing in the world of another seed.

use marslab::baselines::Baseline;
use marslab::baselines::memory::Training;
use marslab::corpus;
use marslab::play::Options;
use marslab::scenario::Play;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_tests::{memory, mismatch, verdict};

mod tells;

/// Enough plays of all kinds.
fn plays() -> impl Iterator<Item = &'static Play> {
    corpus::plays().step_by(7)
}

/// What is said of each play in the worlds of two seeds: that with which the baseline was trained, and another.
fn verdicts(baseline: Baseline) -> [Vec<Verdict>; 2] {
    let plays: Vec<&Play> = plays().collect();
    let known = memory();
    let other = Options { seed: known.seed + 1, ..memory() };
    // With the seed beside that of the other.
    let training = Training::new(&plays, &other);
    [known, other].map(|options| {
        let subject = baseline.subject(&training);
        plays.iter().map(|play| verdict(play, &subject, &options)).collect()
    })
}

#[track_caller]
fn is_worth_nothing(baseline: Baseline, known_min: usize) {
    let confirmed = |all: Vec<Verdict>| all.iter().filter(|it| **it == Verdict::Confirmed).count();
    let [known, other] = verdicts(baseline).map(confirmed);
    let (all, name) = (plays().count(), baseline.name());
    assert!(known >= known_min, "{name} passes {known} of {all} where it learnt");
    assert!(other * 50 <= all, "{name} passes {other} of {all} elsewhere");
}

#[test]
fn who_counts_calls_guesses_where_it_knows_and_is_wrong_elsewhere() {
    let [known, other] = verdicts(Baseline::CallCounter);
    // It loses count where a compound ends at its first guess.
    assert_eq!(known.first().and_then(mismatch), Some(MismatchKind::Guessed));
    assert!(known.iter().chain(&other).all(|seen| mismatch(seen).is_some()), "{known:?} {other:?}");
}

#[test]
fn who_reads_the_log_knows_nothing() {
    is_worth_nothing(Baseline::LogReader, 0);
}

#[test]
fn who_knows_worlds_by_their_looks_knows_those_of_one_seed() {
    is_worth_nothing(Baseline::Fingerprint, plays().count() / 10);
}
