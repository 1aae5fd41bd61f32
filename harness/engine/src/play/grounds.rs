//! Grounds: whether anything that a subject looked at tells that what it found is there.
//!
//! Its calls are made again in the same world without the faults. If each is answered as before, the subject cannot have
//! known: it has guessed. What went through a connection is not said again; it counts if network, proxies or cloud read
//! something for it in which the two worlds differ. So does the folder of drive C:, if the machine's files differ.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use marslab_live::{Live, Snapshot};
use marslab_model::Field;
use marslab_model::host::Answer;
use marslab_model::tracked::touched;
use marslab_scenario::scenario::Group;

use super::ask::instance;
use super::{Performance, Stop, no_trouble};
use crate::judge;
use crate::trace::Trace;
use crate::verdict::{Beat, Mismatch, MismatchKind};

/// What a subject asked, in which world, and what that world is without the faults.
pub(super) struct Grounds<'a> {
    pub(super) asked: &'a Trace,
    /// The world's number in the play.
    pub(super) number: usize,
    pub(super) shown: &'a Snapshot,
    pub(super) without: &'a Snapshot,
}

impl Performance<'_> {
    /// Something that was asked must tell that what was found is there.
    pub(super) async fn is_grounded(
        &self,
        beat: Beat,
        grounds: &Grounds<'_>,
        found: &[Group],
    ) -> Result<(), Stop> {
        if self.has_grounds(grounds).await? {
            return Ok(());
        }
        Err(Mismatch {
            beat,
            kind: MismatchKind::Guessed,
            expected: format!(
                "the subject looks at something that shows {}",
                judge::describe_groups(found)
            ),
            seen: match grounds.asked.count {
                0 => "it looked at nothing".to_owned(),
                count => format!("all {count} calls are answered the same where nothing is wrong"),
            },
            nearest: None,
            stderr: grounds.asked.stderr.clone(),
        }
        .into())
    }

    async fn has_grounds(&self, grounds: &Grounds<'_>) -> Result<bool, Stop> {
        let Grounds { asked, number, shown, without } = *grounds;
        let differences = shown.world.differences_from(&without.world);
        if !touched(&differences, &asked.connected).is_empty() {
            return Ok(true);
        }
        let files = Field::world().machines().at(shown.machine.clone()).files().path().clone();
        if asked.has_folder && !touched(&differences, &BTreeSet::from([files])).is_empty() {
            return Ok(true);
        }
        let live = Live::resume(without.clone(), &self.start(instance(number)))?;
        let watch = live.watch();
        for traced in &asked.calls {
            let answer = traced.call.make(live.host()).await;
            let times = (
                traced.at.duration_since(shown.world.now),
                watch.now().duration_since(without.world.now),
            );
            if is_otherwise((&traced.answer, &answer), times) {
                return Ok(true);
            }
        }
        no_trouble(&live)?;
        Ok(false)
    }
}

/// Whether an answer tells something else. A clock goes on while a subject waits, and it may wait longer in one world than in
/// the other: `waited` is how long in each.
fn is_otherwise(
    (one, other): (&Answer, &Answer),
    waited: (SignedDuration, SignedDuration),
) -> bool {
    match (one, other) {
        (Answer::Now(one), Answer::Now(other)) => *one - waited.0 != *other - waited.1,
        (one, other) => one != other,
    }
}

#[cfg(test)]
mod tests;
