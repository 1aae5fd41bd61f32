//! A compound's beats. Nothing says which fault hides which: in every round it is found out what is in the way, and the
//! subject is held to what follows from that.

use marslab_live::{Live, Snapshot};
use marslab_model::tracked::touched;
use marslab_model::{Complaint, Diagnosis, Outcome};
use marslab_scenario::catalogue::AreaId;
use marslab_scenario::compound::allowed_findings;
use marslab_scenario::scenario::Part;

use super::ask::{Answer, Answers, Question, is_consistent};
use super::blockers::without;
use super::course::{Opening, judge_answer};
use super::draw::Draw;
use super::grounds::Grounds;
use super::history::{Health, Histories};
use super::scene::Expects;
use super::{Attempt, Installed, Performance, Progress, Stop, remedy_failed};
use crate::event::{AppliedChange, BeatRecord, Expected, Past};
use crate::judge::{self, laws};
use crate::repair_state::{CureError, RepairState};
use crate::verdict::{Beat, Mismatch, MismatchKind};

/// The world before a try of the operation, and the try.
struct Round {
    world: Snapshot,
    tried: Attempt,
}

impl Performance<'_> {
    /// Beats 2 to 5 of a compound. As long as the operation fails, the subject must find something that is in the way and
    /// nothing that is not there, and say where it could not look; then one of the things that it found is cured. So health
    /// comes at the latest with the round that follows the last part's.
    pub(super) async fn rounds(&mut self, opening: Opening) -> Result<Vec<Installed>, Stop> {
        let Opening { prepared, healthy, first, mut faults, complaint, .. } = opening;
        let mut live = opening.broken;
        let failed = live.hold()?;
        let failed = Some((&failed, self.play.past));
        let pasts = self.histories(&prepared, (&healthy.0, &healthy.1), failed).await?;
        let (record, mut shown) = self.begin(first, healthy.0, pasts)?;
        let (mut opening_record, mut repairs) = (Some(record), RepairState::of(self.play));
        let (mut beat, mut done) = (Beat::Broken, faults.iter().map(Installed::applied).collect());
        let mut round = Round { world: opening.round, tried: opening.second };
        let last = loop {
            let blockers = self.in_the_way(&repairs.unresolved(), &mut faults, &round).await?;
            let stopped_at = round.tried.stopped_at;
            let judged = laws::fails(beat, (&round.tried.outcome, stopped_at), &repairs.present());
            let mut record = BeatRecord::of(beat, Some(round.tried.outcome), round.tried.said);
            record.stopped_at = stopped_at;
            record.in_the_way = blockers.iter().map(|part| part.name.clone()).collect();
            record.done = std::mem::take(&mut done);
            if let Err(odd) = judged {
                opening_record.take().into_iter().for_each(|it| (self.tell)(Progress::beat(it)));
                (self.tell)(Progress::beat(record));
                return Err(odd.into());
            }
            let past;
            let expected = repairs.expected(&blockers);
            (live, past) = self.ask_apart(live, expected, (&mut shown, &complaint)).await?;
            if let Some(record) = opening_record.take() {
                self.judge_healthy(record, &shown)?;
            }
            (self.tell)(Progress::beat(record));
            let diagnosis = self.judge_round(&shown, &repairs, &blockers, past)?;
            self.judge_parts((&shown, &repairs, &blockers), &faults, &diagnosis).await?;
            let turn = in_turn(&repairs, &blockers, &diagnosis);
            done = cure_one(&live, &mut repairs, &turn, &mut faults).await?;
            beat = Beat::Repaired;
            round = Round { world: live.hold()?, tried: self.attempt(&live).await? };
            if repairs.is_empty() || round.tried.outcome == Outcome::Succeeded {
                break round.tried;
            }
        };
        let mut record = BeatRecord::of(beat, None, Vec::new());
        record.done = done;
        (self.tell)(Progress::beat(record));
        let is_met =
            |(index, fault): (usize, &Installed)| fault.has_blocked || !self.must_block(index);
        // What has never been in the way may be there still; the verdict tells of it.
        if faults.iter().enumerate().all(is_met) {
            self.healthy_again((live, last), &mut shown, &complaint).await?;
        }
        Ok(faults)
    }

    /// Beat 1, but for the subject's answer.
    fn begin(
        &mut self,
        first: Attempt,
        mut world: Snapshot,
        mut pasts: Histories,
    ) -> Result<(BeatRecord, Gallery), Stop> {
        let judged = judge::succeeds(Beat::Healthy, &first.outcome, MismatchKind::NotHealthy);
        let mut record = BeatRecord::of(Beat::Healthy, Some(first.outcome), first.said);
        record.past = pasts.give(&mut world, Health::Healthy);
        if let Err(odd) = judged {
            (self.tell)(Progress::beat(record));
            return Err(odd.into());
        }
        let order = Draw::new(self.options.seed, &self.play.name, "order");
        Ok((
            record,
            Gallery {
                worlds: vec![World::new(Beat::Healthy, world, Expected::default())],
                pasts,
                order,
            },
        ))
    }

    /// Holds the world of a round, asks about it, and lets it go on.
    async fn ask_apart(
        &mut self,
        live: Live,
        expected: Expected,
        (shown, complaint): (&mut Gallery, &Complaint),
    ) -> Result<(Live, Option<Past>), Stop> {
        let held = live.hold()?;
        drop(live);
        let mut world = held.clone();
        let past = shown.pasts.give(&mut world, Health::Broken);
        shown.worlds.push(World::new(Beat::Diagnosed, world, expected));
        self.ask_round(shown, complaint).await?;
        let instance = u32::try_from(shown.worlds.len()).unwrap_or(u32::MAX);
        Ok((Live::resume(held, &self.start(ROUNDS.saturating_add(instance)))?, past))
    }

    /// Asks about the world of a round, a healthy one and an earlier one, in an order that is drawn; in the first round
    /// twice about its own.
    async fn ask_round(&mut self, shown: &mut Gallery, complaint: &Complaint) -> Result<(), Stop> {
        let own = shown.own();
        let mut order = vec![own, 0];
        match shown.order.below(own) {
            // There is no earlier one than the healthy.
            0 => order.push(own),
            earlier => order.push(earlier),
        }
        shown.order.shuffle(&mut order);
        for number in order {
            let Some(world) = shown.worlds.get_mut(number) else { continue };
            let World { beat, snapshot: about, expected, .. } = &*world;
            let (beat, expected) = (*beat, expected.clone());
            let question = Question { beat, about, number, expected, complaint };
            let answer = self.ask(&question).await?;
            let is_none = answer.said.is_err();
            world.answers.push(answer);
            if is_none {
                break;
            }
        }
        Ok(())
    }

    /// The answers about the healthy world.
    fn judge_healthy(&mut self, mut record: BeatRecord, shown: &Gallery) -> Result<(), Stop> {
        let Some(answer) = shown.answer(0) else {
            (self.tell)(Progress::beat(record));
            return Ok(());
        };
        let expects = Expects::nothing();
        record.answered(expects.expected(), answer);
        (self.tell)(Progress::beat(record));
        Ok(judge_answer(&expects, Beat::Healthy, answer)?)
    }

    /// The answers of a round: the first one about its world is judged, and decides what is cured.
    fn judge_round(
        &mut self,
        shown: &Gallery,
        repairs: &RepairState<'_>,
        blockers: &[&Part],
        past: Option<Past>,
    ) -> Result<Diagnosis, Stop> {
        let mut record = BeatRecord::of(Beat::Diagnosed, None, Vec::new());
        record.past = past;
        record.complaint = self.own_words(record.beat);
        let own = shown.answer(shown.own());
        if let Some(answer) = own {
            record.answered(repairs.expected(blockers), answer);
        }
        (self.tell)(Progress::beat(record));
        shown.has_sound_answers()?;
        // An ask that ends before this one's turn ends with an error.
        let Some(answer) = own else { return Ok(Diagnosis::default()) };
        let diagnosis = answer.said.clone()?;
        let judged = repairs
            .judge(&diagnosis)
            .and_then(|()| judge::is_honest(Beat::Diagnosed, &diagnosis, &answer.out_of_reach));
        judged.map_err(|odd| odd.with_stderr(&answer.trace))?;
        Ok(diagnosis)
    }

    /// What was found must have grounds. What was not must be out of reach, also where only that part is as it was before: a
    /// cause does not hide itself.
    async fn judge_parts(
        &self,
        (shown, repairs, blockers): (&Gallery, &RepairState<'_>, &[&Part]),
        faults: &[Installed],
        diagnosis: &Diagnosis,
    ) -> Result<(), Stop> {
        let Some(world) = shown.worlds.last() else { return Ok(()) };
        let Some(first) = world.answers.first() else { return Ok(()) };
        for part in blockers_first(repairs.unresolved(), blockers) {
            let own = faults.get(part.faults.clone()).unwrap_or_default();
            let mut without = without(&world.snapshot, own);
            if laws::is_found(part, diagnosis) {
                shown.pasts.give_without(&mut without, &world.snapshot);
                let (number, asked) = (shown.own(), &*first.trace);
                let grounds = Grounds { asked, number, shown: &world.snapshot, without: &without };
                self.is_grounded(Beat::Diagnosed, &grounds, &part.expect.findings).await?;
                continue;
            }
            let areas = part.expect.findings.iter().flat_map(judge::areas_of);
            let out_of_reach = self.out_of_reach(&without, areas.map(AreaId::as_str)).await?;
            let judged = laws::leaves_no_gap(diagnosis, part, &out_of_reach);
            judged.map_err(|odd| odd.with_stderr(&first.trace))?;
        }
        Ok(())
    }

    /// Beat 5: everything is cured.
    async fn healthy_again(
        &mut self,
        (live, last): (Live, Attempt),
        shown: &mut Gallery,
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let beat = Beat::HealthyAgain;
        let judged = judge::succeeds(beat, &last.outcome, MismatchKind::NotRepaired);
        let mut record = BeatRecord::of(beat, Some(last.outcome), last.said);
        let mut world = live.hold()?;
        drop(live);
        record.past = shown.pasts.give(&mut world, Health::Healthy);
        let expects = Expects::Nothing { may: allowed_findings(self.play) };
        shown.worlds.push(World::new(beat, world, expects.expected()));
        if judged.is_ok() {
            self.ask_round(shown, complaint).await?;
        }
        let own = shown.answer(shown.own());
        if let Some(answer) = own {
            record.answered(expects.expected(), answer);
        }
        (self.tell)(Progress::beat(record));
        judged?;
        shown.has_sound_answers()?;
        let Some(answer) = own else { return Ok(()) };
        Ok(judge_answer(&expects, beat, answer)?)
    }

    /// The parts that were in the way. Their faults note what was met of them.
    async fn in_the_way<'p>(
        &self,
        unresolved: &[&'p Part],
        faults: &mut [Installed],
        round: &Round,
    ) -> Result<Vec<&'p Part>, Stop> {
        let own = |part: &Part| part.faults.clone();
        let groups: Vec<Vec<&Installed>> = unresolved
            .iter()
            .map(|part| faults.get(own(part)).unwrap_or_default().iter().collect())
            .collect();
        let blocking = self.blocking(&groups, &round.world, &round.tried).await?;
        for (index, part) in unresolved.iter().enumerate() {
            for fault in faults.get_mut(own(part)).unwrap_or_default() {
                fault.read.append(&mut touched(&fault.footprint, &round.tried.reads));
                fault.has_blocked |= blocking.contains(&index);
            }
        }
        Ok(blocking.into_iter().filter_map(|index| unresolved.get(index).copied()).collect())
    }
}

/// The worlds that were shown so far; the first is the healthy one.
struct Gallery {
    worlds: Vec<World>,
    pasts: Histories,
    order: Draw,
}

/// A world that the subject is asked about, in one round or in several, and what it said.
struct World {
    beat: Beat,
    snapshot: Snapshot,
    expected: Expected,
    answers: Answers,
}

impl World {
    const fn new(beat: Beat, snapshot: Snapshot, expected: Expected) -> Self {
        Self { beat, snapshot, expected, answers: Answers::new() }
    }
}

impl Gallery {
    /// The number of the world of this round.
    const fn own(&self) -> usize {
        self.worlds.len().saturating_sub(1)
    }

    /// The first answer about a world.
    fn answer(&self, number: usize) -> Option<&Answer> {
        self.worlds.get(number)?.answers.first()
    }

    /// Every question was answered, and the same way each time.
    fn has_sound_answers(&self) -> Result<(), Mismatch> {
        for world in &self.worlds {
            let odd = world.answers.iter().find_map(|answer| answer.said.as_ref().err());
            odd.map_or(Ok(()), |odd| Err(odd.clone()))?;
            is_consistent(world.beat, &world.answers)?;
        }
        Ok(())
    }
}

/// What is cured, what is in the way first: what was found or, where no core could find anything, whatever is there.
fn in_turn<'p>(
    repairs: &RepairState<'p>,
    blockers: &[&Part],
    diagnosis: &Diagnosis,
) -> Vec<&'p Part> {
    let is_found = |part: &&Part| laws::is_found(part, diagnosis);
    let mut turn = repairs.present();
    if turn.iter().any(is_found) {
        turn.retain(is_found);
    }
    blockers_first(turn, blockers)
}

fn blockers_first<'p>(mut parts: Vec<&'p Part>, blockers: &[&Part]) -> Vec<&'p Part> {
    parts.sort_by_key(|part| !blockers.iter().any(|it| it.name == part.name));
    parts
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
        live.reads().begin();
        match repairs.apply_cures(part, live, &mut applied).await {
            Ok(()) => return Ok(applied),
            Err(CureError::Live(error)) => return Err(error.into()),
            Err(CureError::Remedy(cure, error)) => {
                // What the administrator came upon was in the way, too.
                let reads = live.reads().end();
                for fault in faults.iter_mut() {
                    let mut met = touched(&fault.footprint, &reads);
                    fault.has_blocked |= !met.is_empty();
                    fault.read.append(&mut met);
                }
                failed = failed.or_else(|| Some(remedy_failed(&cure, &error).into()));
            }
        }
    }
    failed.map_or(Ok(applied), Err)
}

/// The worlds in which a compound goes on are numbered from here on.
const ROUNDS: u32 = 8;

#[cfg(test)]
mod tests;
