//! A compound's beats. Nothing says which fault hides which: in every round it is found out what is in the way, and the
//! subject is held to what follows from that.

use marslab_model::tracked::touched;
use marslab_model::{Complaint, Diagnosis, Outcome, World};

use super::{Attempt, Installed, Performance, Progress, Stop, remedy_failed};
use crate::event::{AppliedChange, BeatRecord};
use crate::judge::laws;
use crate::repair_state::{CureError, RepairState};
use crate::verdict::{Beat, Mismatch};
use marslab_live::Live;
use marslab_scenario::scenario::Part;

/// The world before a try of the operation, and the try.
pub(super) struct Round {
    pub(super) world: World,
    pub(super) tried: Attempt,
}

impl Performance<'_> {
    /// Beats 2 to 5 of a compound. As long as the operation fails, the subject must find something that is in the way and
    /// nothing that is not there, and say where it could not look; then one of the things that it found is cured. So health
    /// comes at the latest with the round that follows the last part's.
    pub(super) async fn rounds(
        &mut self,
        live: &Live,
        mut round: Round,
        faults: &mut [Installed],
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let mut repairs = RepairState::of(self.play);
        let (mut beat, mut done) = (Beat::Broken, faults.iter().map(Installed::applied).collect());
        let last = loop {
            let blockers = self.in_the_way(&repairs.unresolved(), faults, &round).await?;
            let stopped_at = round.tried.stopped_at;
            let judged = laws::fails(beat, (&round.tried.outcome, stopped_at), &repairs.present());
            let mut story = BeatRecord::of(beat, Some(round.tried.outcome), round.tried.said);
            story.stopped_at = stopped_at;
            story.in_the_way = blockers.iter().map(|part| part.name.clone()).collect();
            story.done = std::mem::take(&mut done);
            (self.tell)(Progress::Beat(story));
            judged?;
            let diagnosis = self.ask(Beat::Diagnosed, live, complaint).await?;
            let judged = repairs.judge(&blockers, &self.without_baseline(diagnosis.clone()));
            let judged = judged.and_then(|()| self.recommends(Beat::Diagnosed, &diagnosis));
            let mut story = BeatRecord::of(Beat::Diagnosed, None, Vec::new());
            story.answered(repairs.expected(&blockers), diagnosis.clone());
            (self.tell)(Progress::Beat(story));
            judged?;
            let turn = in_turn(&repairs, &blockers, &diagnosis)?;
            done = cure_one(live, &mut repairs, &turn, faults).await?;
            beat = Beat::Repaired;
            round = Round { world: live.snapshot()?, tried: self.attempt(live).await };
            if repairs.is_empty() || round.tried.outcome == Outcome::Succeeded {
                break round.tried;
            }
        };
        let mut story = BeatRecord::of(beat, None, Vec::new());
        story.done = done;
        (self.tell)(Progress::Beat(story));
        let is_met =
            |(index, fault): (usize, &Installed)| fault.has_blocked || !self.must_block(index);
        // What has never been in the way may be there still; the verdict tells of it.
        if faults.iter().enumerate().all(is_met) {
            self.healthy_beat(Beat::HealthyAgain, live, last, complaint).await
        } else {
            Ok(())
        }
    }

    /// The parts without which the round would have gone otherwise; where two hide each other, both. Their faults note
    /// what was met of them.
    async fn in_the_way<'p>(
        &self,
        unresolved: &[&'p Part],
        faults: &mut [Installed],
        round: &Round,
    ) -> Result<Vec<&'p Part>, Stop> {
        let mut blockers = Vec::new();
        for part in unresolved {
            let own = faults.get_mut(part.faults.clone()).unwrap_or_default();
            for fault in own.iter_mut() {
                fault.read.append(&mut touched(&fault.footprint, &round.tried.reads));
            }
            if self.goes_otherwise_without(own, &round.world, &round.tried).await? {
                own.iter_mut().for_each(|fault| fault.has_blocked = true);
                blockers.push(*part);
            }
        }
        if blockers.is_empty() {
            for part in unresolved {
                let own = faults.get_mut(part.faults.clone()).unwrap_or_default();
                own.iter_mut().for_each(|fault| fault.has_blocked = true);
            }
            return Ok(unresolved.to_vec());
        }
        Ok(blockers)
    }
}

/// What was found, in the order in which it is cured: what is in the way first. Never nothing.
fn in_turn<'p>(
    repairs: &RepairState<'p>,
    blockers: &[&Part],
    diagnosis: &Diagnosis,
) -> Result<Vec<&'p Part>, Mismatch> {
    let found = repairs.present().into_iter().filter(|part| laws::is_found(part, diagnosis));
    let is_blocker = |part: &&Part| blockers.iter().any(|it| it.name == part.name);
    let (mut turn, then): (Vec<&Part>, Vec<&Part>) = found.partition(is_blocker);
    turn.extend(then);
    if turn.is_empty() {
        return Err(laws::none_found(diagnosis, &repairs.present()));
    }
    Ok(turn)
}

/// Carries out remedies until those of one part are done. Some cannot be while something else is broken: as far as they
/// came, they stay.
async fn cure_one(
    live: &Live,
    repairs: &mut RepairState<'_>,
    turn: &[&Part],
    faults: &mut [Installed],
) -> Result<Vec<AppliedChange>, Stop> {
    let (mut applied, mut failed) = (Vec::new(), None);
    for part in turn {
        live.take_reads();
        match repairs.apply_cures(part, live, &mut applied).await {
            Ok(()) => return Ok(applied),
            Err(CureError::Live(error)) => return Err(error.into()),
            Err(CureError::Remedy(cure, error)) => {
                // What the administrator came upon was in the way, too.
                let reads = live.take_reads();
                for fault in faults.iter_mut() {
                    let mut met = touched(&fault.footprint, &reads);
                    fault.has_blocked |= !met.is_empty();
                    fault.read.append(&mut met);
                }
                failed = failed.or_else(|| Some(remedy_failed(&cure, &error)));
            }
        }
    }
    failed.map_or(Ok(applied), Err)
}
