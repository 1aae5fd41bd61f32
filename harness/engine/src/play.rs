//! One play: the five beats of a scenario, or the beats that its kind has.

use std::collections::BTreeSet;
use std::path::PathBuf;

use marslab_model::tracked::Footprint;
use marslab_model::world::{Cast, Language};
use marslab_model::{Complaint, Diagnosis, FieldPath, Level, Outcome, Unchecked, World};
use marslab_state::disk::Folder;
use marslab_state::{JournalEntry, Work};
use thiserror::Error;

use crate::event::{AppliedChange, BeatRecord, Expected};
use crate::judge;
use crate::subject_runner::SubjectRunner;
use crate::verdict::{Beat, InconclusiveReason, Mismatch, MismatchKind, Verdict};
use marslab_actions::error::RemedyError;
use marslab_live::Limits;
use marslab_live::{DEFAULT_SEED, Fidelity, Live, LiveError, StartOptions, Step, SteppedOutcome};
use marslab_scenario::PlayKind;
use marslab_scenario::compound;
use marslab_scenario::recast::RecastError;
use marslab_scenario::scenario::{Cure, Expect, Part, Play};

mod ask;
mod blockers;
mod rounds;
mod setup;
mod stop;
mod story;

use rounds::Round;
pub use setup::{Installed, install, install_all, prepare};
pub use stop::Stop;
use story::wire_line;

/// How plays are played.
#[derive(Clone, Debug)]
pub struct Options {
    /// The fidelity.
    pub fidelity: Fidelity,
    /// The random seed.
    pub seed: u64,
    /// The language of the machines.
    pub language: Language,
    /// Whether to keep the folder of each broken world.
    pub keep: Keep,
    /// The limits of agent, Windows and cloud.
    pub limits: Limits,
    /// Which values play the roles.
    pub casting: Casting,
}

/// Which values play the roles of a world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Casting {
    /// Those that the seed draws.
    #[default]
    Drawn,
    /// Those of the plain world.
    Plain,
}

impl Options {
    /// Which values play the roles.
    pub fn cast(&self) -> Cast {
        match self.casting {
            Casting::Drawn => Cast::drawn(self.seed),
            Casting::Plain => Cast::plain(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fidelity: Fidelity::default(),
            seed: DEFAULT_SEED,
            language: Language::English,
            keep: Keep::Nothing,
            limits: Limits::default(),
            casting: Casting::default(),
        }
    }
}

/// What a play leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// The files of the broken world, and the world itself as JSON.
    BrokenWorld,
}

/// Progress of a play.
#[derive(Debug)]
pub enum Progress {
    /// A beat was played.
    Beat(BeatRecord),
    /// The broken world's folder was kept.
    Kept(PathBuf),
    /// A running world ended; this much was done on its wire.
    Worked(Work),
}

/// Why a play could not be played. This is not a verdict on the subject.
#[derive(Debug, Error)]
pub enum PlayError {
    /// The lab could not do its part.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// A setting or fault does not fit the world that the scenario describes.
    #[error("`{name}` does not apply: {reason}")]
    NotApplicable {
        /// The setting or fault.
        name: String,
        /// Why it does not.
        reason: String,
    },
    /// The play cannot be read for the world that the seed draws.
    #[error(transparent)]
    Recast(#[from] RecastError),
    /// No runtime could be made for the play.
    #[error("cannot start a runtime: {0}")]
    Runtime(std::io::Error),
    /// The broken world could not be written down.
    #[error("cannot keep the broken world: {0}")]
    Keep(#[from] std::io::Error),
}

/// Plays one play and judges it. `tell` is called with its progress. The play is that of the world's own cast; see
/// [`Recast`](marslab_scenario::recast::Recast).
pub async fn play(
    play: &Play,
    subject: &dyn SubjectRunner,
    options: &Options,
    tell: &mut (dyn FnMut(Progress) + Send),
) -> Result<Verdict, PlayError> {
    let performance =
        Performance { play, subject, options, tell, last: None, baseline_unchecked: Vec::new() };
    match performance.perform().await {
        Ok(verdict) => Ok(verdict),
        Err(Stop::Mismatch(mismatch)) => Ok(Verdict::Mismatch(mismatch)),
        Err(Stop::Error(error)) => Err(error),
    }
}

struct Performance<'a> {
    play: &'a Play,
    subject: &'a dyn SubjectRunner,
    options: &'a Options,
    tell: &'a mut (dyn FnMut(Progress) + Send),
    /// The subject's last diagnosis of the broken world.
    last: Option<Diagnosis>,
    /// What it left unchecked in the healthy world.
    baseline_unchecked: Vec<Unchecked>,
}

/// One attempt at the operation.
struct Attempt {
    outcome: Outcome,
    /// The step whose call failed.
    stopped_at: Option<Step>,
    reads: BTreeSet<FieldPath>,
    said: Vec<JournalEntry>,
}

impl Attempt {
    /// What was said on the wire, a line each.
    fn wire(&self) -> Vec<String> {
        self.said.iter().map(wire_line).collect()
    }
}

impl Performance<'_> {
    async fn perform(mut self) -> Result<Verdict, Stop> {
        let (healthy, prepared) = prepare(self.play, self.options, self.options.fidelity).await?;
        let first = self.attempt(&healthy).await;
        let broken = Live::start(prepared, &self.start(1)).await?;
        let mut faults = install_all(self.play, &broken)?;
        let round = broken.snapshot()?;
        let second = self.attempt(&broken).await;
        let complaint = self.complaint(&second.outcome);

        self.healthy_beat(Beat::Healthy, &healthy, first, &complaint).await?;
        (self.tell)(Progress::Worked(healthy.work()));
        drop(healthy);
        let round = Round { world: round, tried: second };
        if self.play.kind() == PlayKind::Compound {
            self.rounds(&broken, round, &mut faults, &complaint).await?;
        } else {
            self.beats(&broken, round, &mut faults, &complaint).await?;
        }
        (self.tell)(Progress::Worked(broken.work()));
        Ok(self.conclude(faults))
    }

    /// Beats 2 to 5, as the scenario writes them.
    async fn beats(
        &mut self,
        broken: &Live,
        round: Round,
        faults: &mut [Installed],
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        self.note_round(faults, &round.world, &round.tried).await?;
        self.broken_beat(broken, round.tried, faults, complaint).await?;
        for cure in &self.play.cures {
            self.cure(broken, cure, faults, complaint).await?;
        }
        if !self.play.cures.is_empty() {
            let last = self.attempt(broken).await;
            self.healthy_beat(Beat::HealthyAgain, broken, last, complaint).await?;
        }
        Ok(())
    }

    fn start(&self, instance: u32) -> StartOptions {
        let Options { fidelity, seed, limits, .. } = *self.options;
        StartOptions::new(fidelity, seed).with_instance(instance).with_limits(limits)
    }

    /// Tries the operation and notes what was read and said meanwhile.
    async fn attempt(&self, live: &Live) -> Attempt {
        live.take_journal();
        let ended = live.operate_by_steps(self.play.operation).await;
        let reads = ended.all_reads();
        let SteppedOutcome { outcome, stopped_at, .. } = ended;
        Attempt { outcome, stopped_at, reads, said: live.take_journal() }
    }

    /// Beats 1 and 5: the operation succeeds and the subject finds nothing.
    async fn healthy_beat(
        &mut self,
        beat: Beat,
        live: &Live,
        tried: Attempt,
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let kind = match beat {
            Beat::HealthyAgain => MismatchKind::NotRepaired,
            _ => MismatchKind::NotHealthy,
        };
        let judged = judge::succeeds(beat, &tried.outcome, kind);
        let mut story = BeatRecord::of(beat, Some(tried.outcome), tried.said);
        if let Err(odd) = judged {
            (self.tell)(Progress::Beat(story));
            return Err(odd.into());
        }
        let diagnosis = self.ask(beat, live, complaint).await?;
        if beat == Beat::Healthy {
            self.baseline_unchecked.clone_from(&diagnosis.unchecked);
        }
        let may = match beat {
            Beat::HealthyAgain => compound::allowed_findings(self.play),
            _ => Vec::new(),
        };
        let judged = judge::finds_nothing(beat, &diagnosis, &may);
        story.answered(Expected { groups: Vec::new(), may }, diagnosis);
        (self.tell)(Progress::Beat(story));
        Ok(judged?)
    }

    /// Beats 2 and 3: the operation ends as documented, and the subject finds why.
    async fn broken_beat(
        &mut self,
        live: &Live,
        tried: Attempt,
        faults: &mut [Installed],
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let expect = &self.play.expect;
        let judged = match self.play.kind() {
            PlayKind::Failure | PlayKind::Step | PlayKind::Compound => {
                judge::fails(Beat::Broken, (&tried.outcome, tried.stopped_at), expect)
            }
            PlayKind::Check | PlayKind::Control => {
                judge::succeeds(Beat::Broken, &tried.outcome, MismatchKind::NotHealthy)
            }
        };
        let mut story = BeatRecord::of(Beat::Broken, Some(tried.outcome), tried.said);
        story.stopped_at = tried.stopped_at;
        story.done = faults.iter().map(Installed::applied).collect();
        (self.tell)(Progress::Beat(story));
        judged?;
        if self.options.keep == Keep::BrokenWorld {
            let folder = keep(&live.snapshot()?)?;
            (self.tell)(Progress::Kept(folder));
        }
        self.diagnosed_beat(live, expect, complaint).await
    }

    async fn diagnosed_beat(
        &mut self,
        live: &Live,
        expect: &Expect,
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let beat = Beat::Diagnosed;
        let diagnosis = self.ask(beat, live, complaint).await?;
        let may = expect.may.clone();
        let (judged, expected) = match self.play.kind() {
            PlayKind::Failure | PlayKind::Step | PlayKind::Compound => {
                let groups = expect.findings.clone();
                let judged = judge::finds(beat, &diagnosis, &groups, &may, Level::Cause);
                (judged, Expected { groups, may })
            }
            PlayKind::Check => {
                let groups = expect.advice.clone();
                let judged = judge::finds(beat, &diagnosis, &groups, &may, Level::Advice);
                (judged, Expected { groups, may })
            }
            PlayKind::Control => (judge::finds_nothing(beat, &diagnosis, &[]), Expected::default()),
        };
        let judged = judged.and_then(|()| self.recommends(beat, &diagnosis));
        let mut story = BeatRecord::of(beat, None, Vec::new());
        self.last = Some(self.without_baseline(diagnosis.clone()));
        story.answered(expected, diagnosis);
        (self.tell)(Progress::Beat(story));
        Ok(judged?)
    }

    /// Beat 4: a remedy is carried out; where the scenario says what is seen next, that is looked for.
    async fn cure(
        &mut self,
        live: &Live,
        cure: &Cure,
        faults: &mut [Installed],
        complaint: &Complaint,
    ) -> Result<(), Stop> {
        let beat = Beat::Repaired;
        let (applied, done) = carry_out(cure, live).await?;
        let mut story = BeatRecord::of(beat, None, Vec::new());
        story.done = vec![applied];
        let judged = done.map_err(|error| remedy_failed(cure, &error));
        let Some(next) = cure.then.as_ref().filter(|_| judged.is_ok()) else {
            (self.tell)(Progress::Beat(story));
            return judged;
        };
        let round = live.snapshot()?;
        let tried = self.attempt(live).await;
        self.note_round(faults, &round, &tried).await?;
        let judged = judge::fails(beat, (&tried.outcome, tried.stopped_at), next);
        story.outcome = Some(tried.outcome);
        story.stopped_at = tried.stopped_at;
        story.hear(tried.said);
        (self.tell)(Progress::Beat(story));
        judged?;
        let earlier = self.last.take();
        self.diagnosed_beat(live, next, complaint).await?;
        // With one fault, what is found next is what the cure has left to do.
        match earlier.filter(|_| faults.len() > 1) {
            Some(earlier) => Ok(judge::leaves_no_gap(&earlier, &next.findings)?),
            None => Ok(()),
        }
    }

    /// Whether the fault with this number is there to make the operation fail: all are, but for those of a compound's
    /// parts that are beside the point.
    fn must_block(&self, index: usize) -> bool {
        let part = self.play.parts.iter().find(|part| part.faults.contains(&index));
        part.is_none_or(Part::fails)
    }

    /// Confirmed, unless something that was changed was never met: then the failure may have had another reason.
    fn conclude(&self, faults: Vec<Installed>) -> Verdict {
        // The operation of a check succeeds and need not come near what the advice is about.
        if self.play.kind() == PlayKind::Check {
            return Verdict::Confirmed;
        }
        let must_block = faults.len() > 1 && self.play.kind() != PlayKind::Control;
        let counting = faults.into_iter().enumerate().filter(|(index, _)| self.must_block(*index));
        let doubt = counting.map(|(_, fault)| fault).find_map(|fault| {
            let name = fault.name.to_owned();
            if fault.read.is_empty() {
                let footprint = fault.footprint.iter().map(ToString::to_string).collect();
                return Some(InconclusiveReason::NeverRead { fault: name, footprint });
            }
            (must_block && !fault.has_blocked)
                .then_some(InconclusiveReason::NeverBlocked { fault: name })
        });
        doubt.map_or(Verdict::Confirmed, |reason| Verdict::Inconclusive { reason })
    }
}

impl Installed {
    fn applied(&self) -> AppliedChange {
        AppliedChange::new(self.name, &self.footprint, &self.read)
    }
}

/// Carries out a remedy: what it changed, and how it ended.
pub async fn carry_out(
    cure: &Cure,
    live: &Live,
) -> Result<(AppliedChange, Result<(), RemedyError>), LiveError> {
    let before = live.snapshot()?;
    let done = cure.remedy.it.carry_out(live).await;
    let changed = before.differences_from(&live.snapshot()?);
    Ok((AppliedChange::new(cure.remedy.name, &changed, &Footprint::new()), done))
}

fn remedy_failed(cure: &Cure, error: &RemedyError) -> Stop {
    Stop::Mismatch(Mismatch {
        beat: Beat::Repaired,
        kind: MismatchKind::RemedyFailed,
        expected: format!("the remedy `{}` can be carried out", cure.remedy.name),
        seen: error.to_string(),
        nearest: None,
    })
}

/// Writes a world's files and the world itself into a folder that stays.
fn keep(world: &World) -> Result<PathBuf, PlayError> {
    let folder = Folder::new_in(None);
    folder.show(world)?;
    let path = folder.keep().unwrap_or_default();
    let json = serde_json::to_vec_pretty(world).map_err(std::io::Error::other)?;
    std::fs::write(path.join("world.json"), json)?;
    Ok(path)
}

#[cfg(test)]
mod tests;
