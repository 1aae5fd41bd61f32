//! A play that is not a compound: what is done, as its scenario says, and what the subject says of each world.

use std::sync::Arc;

use marslab_live::{Live, Snapshot};
use marslab_model::{Complaint, Outcome, World};
use marslab_scenario::catalogue::AreaId;
use marslab_scenario::compound::allowed_findings;
use marslab_scenario::scenario::Cure;

use super::ask::{Answer, is_consistent};
use super::complaint::complaint;
use super::grounds::Grounds;
use super::healthy::Tried;
use super::history::{Health, Histories};
use super::scene::{Expects, Scene, Shown};
use super::setup::{Installed, install_all};
use super::{Attempt, Keep, Performance, PlayKind, Progress, Stop, carry_out, keep, remedy_failed};
use crate::event::BeatRecord;
use crate::judge;
use crate::verdict::{Beat, Mismatch, MismatchKind};

/// The healthy world and the broken one, after the operation was tried in both.
pub(super) struct Opening {
    /// The healthy world, before.
    pub(super) prepared: World,
    /// The same, held before and after.
    pub(super) healthy: (Snapshot, Snapshot),
    /// The attempt there.
    pub(super) first: Attempt,
    /// The broken world, which goes on.
    pub(super) broken: Live,
    /// What was put in.
    pub(super) faults: Vec<Installed>,
    /// The broken world before the operation.
    pub(super) round: Snapshot,
    /// The attempt there.
    pub(super) second: Attempt,
    /// What the customer says, whatever world is shown.
    pub(super) complaint: Complaint,
}

/// What was done, up to the first thing that was not as the scenario says.
pub(super) struct Course {
    scenes: Vec<Scene>,
    pub(super) pasts: Histories,
    faults: Vec<Installed>,
    complaint: Complaint,
    ended: Option<Mismatch>,
}

impl Performance<'_> {
    /// Begins a play: the operation is tried in the healthy world, and in the broken one.
    pub(super) async fn open(&mut self) -> Result<Opening, Stop> {
        let (before, Tried { attempt: first, after }) = self.try_healthy().await?;
        let (prepared, healthy) = (before.world.clone(), (before, after));
        let broken = Live::start(prepared.clone(), &self.start(1))?;
        let faults = install_all(self.play, &broken)?;
        let round = broken.hold()?;
        let second = self.attempt(&broken).await?;
        let (machine, language) = (self.options.cast().machine, self.options.language);
        // The same whatever world is shown.
        let complaint = complaint(self.play, &second.outcome, machine, language);
        Ok(Opening { prepared, healthy, first, broken, faults, round, second, complaint })
    }

    /// Does what the scenario says, and holds the worlds that the subject is to see.
    pub(super) async fn course(&mut self, opening: Opening) -> Result<Course, Stop> {
        let Opening { prepared, healthy, first, broken, mut faults, round, second, complaint } =
            opening;
        let twin = match self.play.kind() {
            PlayKind::Control => self.play_twin().await?,
            _ => None,
        };
        let failed = broken.hold()?;
        // What fails is the twin of a control, and nothing in a check.
        let own = (second.outcome != Outcome::Succeeded).then_some((&failed, self.play.past));
        let of_failure = twin.as_ref().map(|twin| (&twin.failed, twin.play.past)).or(own);
        let pasts = self.histories(&prepared, (&healthy.0, &healthy.1), of_failure).await?;
        let (scenes, ended) = (Vec::new(), None);
        let mut course = Course { scenes, pasts, faults: Vec::new(), complaint, ended };
        self.note_round(&mut faults, &round, &second).await?;
        let judged = judge::succeeds(Beat::Healthy, &first.outcome, MismatchKind::NotHealthy);
        let record = BeatRecord::of(Beat::Healthy, Some(first.outcome), first.said);
        course.show(record, Shown::healthy(healthy.0, Expects::nothing()), judged);
        self.break_it(&mut course, &faults, (failed, second))?;
        for cure in &self.play.cures {
            if course.ended.is_none() {
                self.cure(&mut course, &broken, cure, &mut faults).await?;
            }
        }
        if !self.play.cures.is_empty() && course.ended.is_none() {
            let last = self.attempt(&broken).await?;
            let (beat, kind) = (Beat::HealthyAgain, MismatchKind::NotRepaired);
            let judged = judge::succeeds(beat, &last.outcome, kind);
            let record = BeatRecord::of(beat, Some(last.outcome), last.said);
            let expects = Expects::Nothing { may: allowed_findings(self.play) };
            course.show(record, Shown::healthy(broken.hold()?, expects), judged);
        }
        let has_moved = *broken.machine_name() != self.options.cast().machine;
        drop(broken);
        let twin = if has_moved { Some(self.play_elsewhere().await?) } else { twin };
        if let Some(twin) = twin.filter(|_| course.ended.is_none()) {
            course.show_twin(twin);
        }
        course.faults = faults;
        Ok(course)
    }

    /// Beats 2 and 3: the operation ends as documented, and the world is held for the subject.
    fn break_it(
        &mut self,
        course: &mut Course,
        faults: &[Installed],
        (broken, tried): (Snapshot, Attempt),
    ) -> Result<(), Stop> {
        if course.ended.is_some() {
            return Ok(());
        }
        let (expect, beat) = (&self.play.expect, Beat::Broken);
        let (judged, expects) = match self.play.kind() {
            PlayKind::Failure | PlayKind::Step | PlayKind::Compound => (
                judge::fails(beat, (&tried.outcome, tried.stopped_at), expect),
                Expects::findings(expect, &self.play.cures),
            ),
            PlayKind::Check | PlayKind::Control => {
                let judged = judge::succeeds(beat, &tried.outcome, MismatchKind::NotHealthy);
                let is_check = self.play.kind() == PlayKind::Check;
                let advice = || Expects::advice(expect, &self.play.cures);
                (judged, if is_check { advice() } else { Expects::nothing() })
            }
        };
        let mut record = BeatRecord::of(beat, Some(tried.outcome), tried.said);
        record.stopped_at = tried.stopped_at;
        record.done = faults.iter().map(Installed::applied).collect();
        course.tell(record, judged);
        if self.options.keep == Keep::BrokenWorld {
            (self.tell)(Progress::Kept(keep(&broken.world)?));
        }
        course.ask(Beat::Diagnosed, Shown::broken(broken, expects, faults));
        Ok(())
    }

    /// Beat 4: a remedy is carried out; where the scenario says what is seen next, that is looked for.
    async fn cure(
        &self,
        course: &mut Course,
        live: &Live,
        cure: &Cure,
        faults: &mut [Installed],
    ) -> Result<(), Stop> {
        let beat = Beat::Repaired;
        let (applied, done) = carry_out(cure, live).await?;
        let mut record = BeatRecord::of(beat, None, Vec::new());
        record.done = vec![applied];
        let judged = done.map_err(|error| remedy_failed(cure, &error));
        let Some(next) = cure.then.as_ref().filter(|_| judged.is_ok()) else {
            course.tell(record, judged);
            return Ok(());
        };
        let round = live.hold()?;
        let tried = self.attempt(live).await?;
        self.note_round(faults, &round, &tried).await?;
        let judged = judge::fails(beat, (&tried.outcome, tried.stopped_at), next);
        record.outcome = Some(tried.outcome);
        record.stopped_at = tried.stopped_at;
        record.set_traffic(tried.said);
        course.tell(record, judged);
        let expects = Expects::findings(next, &self.play.cures);
        course.ask(Beat::Diagnosed, Shown::broken(live.hold()?, expects, faults));
        Ok(())
    }

    /// Asks about what was shown, and judges the answers in the order of the beats.
    pub(super) async fn judge_course(&mut self, course: Course) -> Result<Vec<Installed>, Stop> {
        let Course { scenes, faults, complaint, ended, .. } = course;
        let answers = match ended {
            // What the scenario says does not hold, whatever the subject says.
            Some(_) => vec![Vec::new(); scenes.len()],
            None => self.ask_all(&scenes, &complaint).await?,
        };
        let mut earlier = None;
        for (number, (Scene { mut record, shown }, answers)) in
            scenes.into_iter().zip(answers).enumerate()
        {
            let Some((shown, first)) = shown.zip(answers.first()) else {
                (self.tell)(Progress::beat(record));
                continue;
            };
            let beat = record.beat;
            record.complaint = self.own_words(beat);
            record.answered(shown.expects.expected(), first);
            (self.tell)(Progress::beat(record));
            let diagnosis = first.said.clone()?;
            judge_answer(&shown.expects, beat, first)?;
            if let (Expects::Each { groups, .. }, Some(without)) = (&shown.expects, &shown.without)
            {
                let grounds =
                    Grounds { asked: &first.trace, number, shown: &shown.snapshot, without };
                self.is_grounded(beat, &grounds, groups).await?;
            }
            is_consistent(beat, &answers)?;
            let last = answers.iter().find_map(|answer| answer.said.as_ref().err());
            last.map_or(Ok(()), |it| Err(it.clone()))?;
            let Expects::Each { groups, .. } = &shown.expects else { continue };
            // With one fault, what is found next is what the cure has left to do. With several, what is found later was
            // there all along.
            let asked = Arc::clone(&first.trace);
            let before = earlier.replace((shown.snapshot, diagnosis, asked));
            if let Some((world, said, asked)) = before.filter(|_| faults.len() > 1) {
                let areas = groups.iter().flat_map(judge::areas_of).map(AreaId::as_str);
                let out_of_reach = self.out_of_reach(&world, areas).await?;
                let judged = judge::leaves_no_gap(&said, groups, &out_of_reach);
                judged.map_err(|odd| odd.with_stderr(&asked))?;
            }
        }
        ended.map_or(Ok(faults), |mismatch| Err(mismatch.into()))
    }
}

/// What a subject said of a world: what it found, and what it left unchecked.
pub(super) fn judge_answer(expects: &Expects, beat: Beat, answer: &Answer) -> Result<(), Mismatch> {
    let said = answer.said.as_ref().map_err(Mismatch::clone)?;
    let judged = expects.judge(beat, said);
    let judged = judged.and_then(|()| judge::is_honest(beat, said, &answer.out_of_reach));
    judged.map_err(|odd| odd.with_stderr(&answer.trace))
}

impl Course {
    /// Adds a beat without a question to the subject.
    fn tell(&mut self, record: BeatRecord, judged: Result<(), Mismatch>) {
        self.scenes.push(Scene { record, shown: None });
        self.ended = judged.err();
    }

    /// Adds a world that the subject is shown, unless what came before was not as it should be.
    fn ask(&mut self, beat: Beat, shown: Shown) {
        if self.ended.is_none() {
            self.show(BeatRecord::of(beat, None, Vec::new()), shown, Ok(()));
        }
    }

    /// Adds a beat, and the world that is shown in it.
    pub(super) fn show(
        &mut self,
        mut record: BeatRecord,
        mut shown: Shown,
        judged: Result<(), Mismatch>,
    ) {
        let health = if shown.expects.is_any() { Health::Broken } else { Health::Healthy };
        let before = shown.snapshot.world.now;
        record.past = self.pasts.give(&mut shown.snapshot, health);
        if let Some(without) = &mut shown.without {
            without.world.now += shown.snapshot.world.now.duration_since(before);
            self.pasts.give_without(without, &shown.snapshot);
        }
        self.scenes.push(Scene { record, shown: Some(shown) });
        self.ended = judged.err();
    }
}

#[cfg(test)]
mod tests;
