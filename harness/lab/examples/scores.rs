//! Every play of one section of the articles, and the scores by area that come of it.
//!
//! `cargo run -p marslab --example scores`

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use marslab::catalogue::Catalogue;
use marslab::corpus;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::report::Summary;
use marslab::report::scores::Scores;
use marslab::runner::{RunConfig, run};
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab_core::ReferenceCore; // your core

pub(crate) fn main() {
    let is_of_section = |play: &&Play| {
        let failure = play.failure.as_ref().and_then(|id| Catalogue::known().failure(id.as_str()));
        failure.is_some_and(|failure| failure.section.as_str() == "troubleshoot-restore-issues")
    };
    let plays: Vec<&Play> = corpus::plays().filter(is_of_section).collect();
    let subject = RustSubject::new("my core", ReferenceCore);
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let config = RunConfig::once(jobs);
    let mut summary = Summary::default();
    run(&plays, &subject, &options, config, &mut |event| summary.add(event));

    let counts = summary.counts();
    println!("{} of {} plays are confirmed", counts.confirmed, counts.total());
    for (area, score) in Scores::of(&summary).areas {
        println!("{area}: F1 {:.2}", score.both.f1.unwrap_or_default());
    }
    assert!(counts.confirmed > 0 && counts.confirmed == plays.len());
}
