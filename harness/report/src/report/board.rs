//! Several subjects' results on one corpus, in one table: baselines first, then the best.

use std::io::{self, Write};

use super::compare::{OtherCorpus, Report};
use super::paint::clean;
use super::scores::FalseRate;
use super::table;

#[cfg(feature = "html")]
pub mod page;

/// What begins the name of a subject that does not diagnose.
pub const BASELINE: &str = "baseline:";

/// The table.
#[derive(Debug)]
pub struct Board<'a> {
    reports: Vec<&'a Report>,
}

impl<'a> Board<'a> {
    /// The table of these reports, all of one corpus. Seeds may differ.
    pub fn of(reports: &'a [Report]) -> Result<Self, OtherCorpus> {
        for (one, other) in reports.iter().zip(reports.iter().skip(1)) {
            OtherCorpus::check(one, other)?;
        }
        let mut reports: Vec<_> = reports.iter().collect();
        reports.sort_by(|one, other| {
            let f1 = |it: &Report| it.scores.all.both.f1.unwrap_or_default();
            let best =
                (other.is_baseline(), other.confirmed()).cmp(&(one.is_baseline(), one.confirmed()));
            best.then(f1(other).total_cmp(&f1(one))).then(one.subject.cmp(&other.subject))
        });
        Ok(Self { reports })
    }

    /// Writes it for a terminal; it is Markdown, too.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        table::write(out, COLUMNS, self.reports.iter().map(|report| row(report)))
    }

    /// Whether there is something to measure the others by.
    pub fn has_baseline(&self) -> bool {
        self.reports.iter().any(|it| it.is_baseline())
    }
}

impl Report {
    /// Whether its subject does not diagnose.
    fn is_baseline(&self) -> bool {
        self.subject.starts_with(BASELINE)
    }
}

/// Precision, recall and F1 are of findings with the cause, about the right thing.
const COLUMNS: [&str; WIDTH] = [
    "subject",
    "seed",
    "confirmed",
    "precision",
    "recall",
    "F1",
    "F1 of causes",
    "false findings",
    "rightly unchecked",
    "calls an ask",
];

const WIDTH: usize = 10;

fn row(report: &Report) -> [String; WIDTH] {
    let scores = &report.scores;
    let (confirmed, plays) = report.confirmed();
    let (both, cause) = (scores.all.both, scores.all.cause);
    let FalseRate { worlds, false_findings } = scores.false_findings.all();
    let unchecked = scores.unchecked;
    [
        clean(&report.subject).replace('|', "\\|"),
        report.seed.to_string(),
        format!("{confirmed} of {plays}"),
        share(both.precision),
        share(both.recall),
        share(both.f1),
        share(cause.f1),
        format!("{false_findings} of {worlds}"),
        format!("{} of {}", unchecked.out_of_reach, unchecked.named),
        format!("{}", scores.cost.calls / scores.cost.asks.max(1)),
    ]
}

fn share(of: Option<f64>) -> String {
    of.map_or_else(|| "-".to_owned(), |of| format!("{of:.3}"))
}

#[cfg(test)]
mod tests;
