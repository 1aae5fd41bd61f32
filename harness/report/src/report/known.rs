//! Failures that are known: a run fails only on what is new, and on what is fixed and still listed.

use std::collections::BTreeSet;

use super::{Counts, Summary};
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
    pub fn unexpected(&self, run: &impl Endings) -> Counts {
        let mut counts = run.counts();
        for (name, ending) in run.endings() {
            let count = match ending.as_str() {
                "mismatch" => &mut counts.mismatch,
                "inconclusive" => &mut counts.inconclusive,
                // That the lab or a scenario failed says nothing of the subject, known or not.
                _ => continue,
            };
            *count = count.saturating_sub(usize::from(self.0.contains(&name)));
        }
        counts
    }

    /// The listed plays that are confirmed, in each of their repeats.
    pub fn fixed(&self, run: &impl Endings) -> BTreeSet<String> {
        let listed = run.endings().into_iter().filter(|(name, _)| self.0.contains(name));
        let (confirmed, others): (Vec<_>, Vec<_>) =
            listed.partition(|(_, ending)| ending == Verdict::Confirmed.name());
        let mut fixed: BTreeSet<String> = confirmed.into_iter().map(|(name, _)| name).collect();
        for (name, _) in others {
            fixed.remove(&name);
        }
        fixed
    }
}

/// A run, or the report of one: how its plays have ended.
pub trait Endings {
    /// The number of plays with each ending.
    fn counts(&self) -> Counts;

    /// The name of each play, and that of its ending in reports.
    fn endings(&self) -> Vec<(String, String)>;
}

impl Endings for Summary {
    fn counts(&self) -> Counts {
        self.counts()
    }

    fn endings(&self) -> Vec<(String, String)> {
        let plays = self.plays().into_iter();
        plays.map(|play| (play.info.name.clone(), play.ending.name().to_owned())).collect()
    }
}

#[cfg(test)]
mod tests;
