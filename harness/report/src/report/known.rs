//! Failures that are known: a run fails only on what is new, and on what is fixed and still listed.

use std::collections::BTreeSet;

use super::{Counts, Ending, Summary};
use marslab_engine::verdict::Verdict;

/// Names of plays that need not be confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(BTreeSet<String>);

impl Known {
    /// Reads a list: the name of a play on each line; `#` begins a comment.
    pub fn parse(text: &str) -> Self {
        let names = text.lines().filter_map(|line| {
            let name = line.split('#').next().unwrap_or_default().trim();
            (!name.is_empty()).then(|| name.to_owned())
        });
        Self(names.collect())
    }

    /// The counts of a run without the listed plays that were not confirmed.
    pub fn unexpected(&self, summary: &Summary) -> Counts {
        let mut counts = summary.counts();
        for play in summary.plays().into_iter().filter(|play| self.0.contains(&play.info.name)) {
            match play.ending {
                Ending::Verdict(Verdict::Mismatch(_)) => counts.mismatch -= 1,
                Ending::Verdict(Verdict::Inconclusive { .. }) => counts.inconclusive -= 1,
                // That the lab or a scenario failed says nothing of the subject, known or not.
                _ => {}
            }
        }
        counts
    }

    /// The listed plays that are confirmed, in each of their repeats.
    pub fn fixed(&self, summary: &Summary) -> BTreeSet<String> {
        let plays = summary.plays();
        let confirmed = plays.iter().filter(|play| play.ending.is_confirmed());
        let mut fixed: BTreeSet<String> = confirmed
            .map(|play| play.info.name.clone())
            .filter(|name| self.0.contains(name))
            .collect();
        for play in plays.iter().filter(|play| !play.ending.is_confirmed()) {
            fixed.remove(&play.info.name);
        }
        fixed
    }
}

#[cfg(test)]
mod tests;
