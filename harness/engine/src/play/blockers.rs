//! Whether a fault did anything: what a failing operation read of it and, of several, which were in the way.

use std::collections::BTreeSet;

use marslab_live::{Live, Snapshot};
use marslab_model::tracked::touched;

use super::{Attempt, Installed, Performance, Stop};

impl Performance<'_> {
    /// Notes of each fault what a round of the cures tells: what the operation read of it and, where there are several
    /// faults, whether it was in the way. `round` is the world before the operation.
    pub(super) async fn note_round(
        &self,
        faults: &mut [Installed],
        round: &Snapshot,
        tried: &Attempt,
    ) -> Result<(), Stop> {
        for fault in faults.iter_mut() {
            fault.read.append(&mut touched(&fault.footprint, &tried.reads));
        }
        if faults.len() > 1 {
            let each: Vec<Vec<&Installed>> = faults.iter().map(|fault| vec![fault]).collect();
            let blocking = self.blocking(&each, round, tried).await?;
            for index in blocking {
                faults.get_mut(index).into_iter().for_each(|fault| fault.has_blocked = true);
            }
        }
        Ok(())
    }

    /// Which of these groups of faults were in the way: the members of the smallest sets of groups without which the
    /// operation ends otherwise, or at another step. Of two that hide each other, both.
    pub(super) async fn blocking(
        &self,
        groups: &[Vec<&Installed>],
        round: &Snapshot,
        tried: &Attempt,
    ) -> Result<BTreeSet<usize>, Stop> {
        // Bounded by the number of parts that a compound may have.
        let count = u32::try_from(groups.len()).unwrap_or(u32::MAX).min(GROUPS_MAX);
        for size in 1..=count {
            let mut blocking = BTreeSet::new();
            for set in (1_u32..1 << count).filter(|set| set.count_ones() == size) {
                let members = || (0..groups.len()).filter(|index| set >> index & 1 == 1);
                let without: Vec<&Installed> =
                    members().filter_map(|index| groups.get(index)).flatten().copied().collect();
                if self.ends_otherwise_without(&without, round, tried).await? {
                    blocking.extend(members());
                }
            }
            if !blocking.is_empty() {
                return Ok(blocking);
            }
        }
        Ok(BTreeSet::new())
    }

    /// Plays the round once more in a world of its own, in which what these faults changed is as it was.
    async fn ends_otherwise_without(
        &self,
        faults: &[&Installed],
        round: &Snapshot,
        tried: &Attempt,
    ) -> Result<bool, Stop> {
        let without = without(round, faults.iter().copied());
        let live = Live::resume(without, &self.start(WITHOUT))?;
        let again = self.attempt(&live).await?;
        Ok(again.outcome != tried.outcome || again.stopped_at != tried.stopped_at)
    }
}

/// A world in which what these faults changed is as it was.
pub(super) fn without<'f>(
    world: &Snapshot,
    faults: impl IntoIterator<Item = &'f Installed, IntoIter: DoubleEndedIterator>,
) -> Snapshot {
    let mut without = world.clone();
    for fault in faults.into_iter().rev() {
        without.world.copy_fields(&fault.before, &fault.footprint);
    }
    without
}

/// As many groups as are looked at together.
const GROUPS_MAX: u32 = 8;

/// The number of the world without some faults: 0 and 1 are the healthy and the broken one.
const WITHOUT: u32 = 2;
