//! Whether a fault did anything: what a failing operation read of it and, of several faults, which was in the way.

use std::collections::BTreeSet;

use marslab_model::FieldPath;
use marslab_model::tracked::touched;

use super::{Attempt, Installed, Performance, Stop};
use marslab_live::{Live, Snapshot};

impl Performance<'_> {
    /// Notes of each fault what a round of the cures tells: what the operation read of it and, where there are several
    /// faults, whether the round would have gone otherwise without it. `round` is the world before the operation.
    pub(super) async fn note_round(
        &self,
        faults: &mut [Installed],
        round: &Snapshot,
        tried: &Attempt,
    ) -> Result<(), Stop> {
        let is_alone = faults.len() < 2;
        for fault in faults {
            fault.read.append(&mut touched(&fault.footprint, &tried.reads));
            if !is_alone && !fault.has_blocked {
                let alone = std::slice::from_ref(&*fault);
                fault.has_blocked = self.goes_otherwise_without(alone, round, tried).await?;
            }
        }
        Ok(())
    }

    /// Plays the round once more in a world of its own, in which what these faults changed is as it was. Two faults may
    /// fail with one message, so what was said on the wire and what was read beside the faults count, too: they tell how
    /// far the operation came.
    pub(super) async fn goes_otherwise_without(
        &self,
        faults: &[Installed],
        round: &Snapshot,
        tried: &Attempt,
    ) -> Result<bool, Stop> {
        let mut without = round.clone();
        for fault in faults.iter().rev() {
            without.world.copy_fields(&fault.before, &fault.footprint);
        }
        let live = Live::resume(without, &self.start(WITHOUT)).await?;
        let again = self.attempt(&live).await?;
        let came = |of: &Attempt| {
            let changed = || faults.iter().flat_map(|fault| &fault.footprint);
            let is_beside = |read: &&FieldPath| !changed().any(|it| it.touches(read));
            of.reads.iter().filter(is_beside).cloned().collect::<BTreeSet<FieldPath>>()
        };
        Ok(again.outcome != tried.outcome
            || again.wire() != tried.wire()
            || came(&again) != came(tried))
    }
}

/// The number of the world without some faults: 0 and 1 are the healthy and the broken one.
const WITHOUT: u32 = 2;
