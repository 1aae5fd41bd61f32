//! `scenarios/BASELINES.md`: what the baselines reach on the embedded corpus.

use std::io;
use std::num::NonZeroUsize;

use marslab_engine::play::Options;
use marslab_engine::runner::{RunConfig, run};
use marslab_live::Fidelity;
use marslab_report::report::Summary;
use marslab_report::report::board::Board;
use marslab_report::report::compare::Report;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

use crate::Baseline;
use crate::memory::Training;

/// The page, with the default seed on `memory`; it plays the corpus once for each baseline, and once to train them.
pub fn markdown(jobs: NonZeroUsize) -> io::Result<String> {
    let plays: Vec<&Play> = corpus::plays().collect();
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let training = Training::new(&plays, &options);
    let mut reports = Vec::new();
    for baseline in Baseline::ALL {
        let subject = baseline.subject(&training);
        let jobs = if baseline.needs_order() { NonZeroUsize::MIN } else { jobs };
        let config = RunConfig::once(jobs);
        let mut summary = Summary::default();
        run(&plays, &subject, &options, config, &mut |event| summary.add(event));
        reports.push(Report::of(&summary).map_err(io::Error::other)?);
    }
    let board = Board::of(&reports).map_err(io::Error::other)?;
    let mut out = HEADING.as_bytes().to_vec();
    board.write(&mut out)?;
    out.extend_from_slice(b"\n");
    for baseline in Baseline::ALL {
        let (prefix, name, what) = (Baseline::PREFIX, baseline.name(), baseline.what());
        out.extend_from_slice(format!("- `{prefix}{name}`: {what}\n").as_bytes());
    }
    String::from_utf8(out).map_err(io::Error::other)
}

const HEADING: &str = "\
# What is reached without a diagnosis

<!-- Written by `marslab reference baselines`; change the code, not this file. -->

Each of these subjects answers without having looked for what is wrong. Those that remember were trained by the reference core
with another seed. A score is worth what it has more than theirs. `marslab run --subject baseline:NAME` plays one, and `marslab
board` puts its report beside others.

Precision, recall and F1 are of findings with the cause, about the right thing.

";
