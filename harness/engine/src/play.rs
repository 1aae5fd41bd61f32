//! One play: the five beats of a scenario, or the beats that its kind has.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use marslab_model::tracked::Footprint;
use marslab_model::world::{Cast, Language};
use marslab_model::{FieldPath, Outcome, World};
use marslab_state::JournalEntry;
use marslab_state::disk::Folder;
use thiserror::Error;

use crate::changed_field::ChangedField;
use crate::event::{AppliedChange, AskRecord, BeatRecord};
use crate::subject_runner::SubjectRunner;
use crate::verdict::{Beat, InconclusiveReason, Mismatch, MismatchKind, Verdict};
use draw::Draw;
use marslab_actions::error::RemedyError;
use marslab_live::product::Product;
use marslab_live::{
    DEFAULT_SEED, Fidelity, Limits, Live, LiveError, StartOptions, Step, SteppedOutcome,
};
use marslab_scenario::recast::{Recast, RecastError};
use marslab_scenario::scenario::{Cure, Part, Play};
use marslab_scenario::{PlayKind, packs};

mod areas;
mod ask;
mod blockers;
mod complaint;
mod course;
mod draw;
pub mod edits;
pub mod fit;
mod grounds;
mod healthy;
mod history;
mod rounds;
mod scene;
mod setup;
mod stop;
mod story;
pub mod trial;
mod twin;

pub use complaint::complaint;
pub use healthy::prepare;
pub(crate) use healthy::prepare_for;
pub use setup::{Installed, install, install_all};
pub use stop::Stop;

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
    /// What the agent shows, and what its steps need besides.
    pub product: Arc<Product>,
    /// Which values play the roles.
    pub casting: Casting,
}

/// Which values play the roles of a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Casting {
    /// Those that the seed draws.
    #[default]
    Drawn,
    /// Those of the plain world.
    Plain,
    /// These.
    Of(Box<Cast>),
}

impl Options {
    /// How worlds of the play are set going at a fidelity.
    pub fn start_options(&self, fidelity: Fidelity) -> StartOptions {
        StartOptions::new(fidelity, self.seed)
            .with_limits(self.limits)
            .with_product(Arc::clone(&self.product))
    }

    /// Which values play the roles.
    pub fn cast(&self) -> Cast {
        match &self.casting {
            Casting::Drawn => Cast::drawn(self.seed),
            Casting::Plain => Cast::plain(),
            Casting::Of(cast) => Cast::clone(cast),
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
            product: Arc::clone(packs::product()),
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
#[non_exhaustive]
pub enum Progress {
    /// The subject was asked.
    Ask(Box<AskRecord>),
    /// A beat was played.
    Beat(Box<BeatRecord>),
    /// The broken world's folder was kept.
    Kept(PathBuf),
}

impl Progress {
    fn beat(record: BeatRecord) -> Self {
        Self::Beat(Box::new(record))
    }
}

/// Why a play could not be played. This is not a verdict on the subject.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PlayError {
    /// The lab could not do its part.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// A setting or fault does not fit the world that the scenario describes.
    #[error("cannot apply `{name}`: {reason}")]
    NotApplicable {
        /// The setting or fault.
        name: String,
        /// The reason.
        reason: String,
    },
    /// The play cannot be read for the world that the seed draws.
    #[error(transparent)]
    Recast(#[from] RecastError),
    /// The real machine lacks something that the lab needs.
    #[error(
        "this machine failed the lab: {0}; free disk space or file descriptors, set another TMPDIR, or use fewer --jobs"
    )]
    Machine(String),
    /// What comes before the operation does not succeed, although nothing is broken yet.
    #[error("the healthy world cannot be made: {0}")]
    NotHealthy(Box<Mismatch>),
    /// The probes of an area do not fit the names of the world.
    #[error("cannot make the probes of an area in this world: {0}")]
    Area(serde_json::Error),
    /// No runtime could be made for the play.
    #[error("cannot start a runtime: {0}")]
    Runtime(std::io::Error),
    /// The run was interrupted.
    #[error("interrupted")]
    Interrupted,
    /// The broken world could not be written down.
    #[error("cannot keep the broken world: {0}")]
    Keep(#[from] std::io::Error),
}

/// Plays one play and judges it. `tell` is called with its progress. The play is that of the world's own cast; see
/// [`Recast`].
///
/// What is done is done first, and each world that the subject is to be asked about is held. Then the subject is asked, each
/// time in a world of its own, in an order that is drawn. So it cannot know from the order what it sees. Compounds are
/// played round by round, as what is cured depends on what is found.
pub async fn play(
    play: &Play,
    subject: &dyn SubjectRunner,
    options: &Options,
    tell: &mut (dyn FnMut(Progress) + Send),
) -> Result<Verdict, PlayError> {
    let repeats = Draw::new(options.seed, &play.name, "repeats");
    let performance = Performance { play, subject, options, repeats, tell };
    match Box::pin(performance.perform()).await {
        Ok(verdict) => Ok(verdict),
        Err(Stop::Mismatch(mismatch)) => Ok(Verdict::Mismatch(mismatch)),
        Err(Stop::Error(error)) => Err(error),
    }
}

struct Performance<'a> {
    play: &'a Play,
    subject: &'a dyn SubjectRunner,
    options: &'a Options,
    /// Which asks of a subject with a memory are repeated without it.
    repeats: Draw,
    tell: &'a mut (dyn FnMut(Progress) + Send),
}

/// One attempt at the operation.
#[derive(Clone)]
struct Attempt {
    outcome: Outcome,
    /// The step whose call failed.
    stopped_at: Option<Step>,
    reads: BTreeSet<FieldPath>,
    said: Vec<JournalEntry>,
}

impl Performance<'_> {
    async fn perform(mut self) -> Result<Verdict, Stop> {
        let opening = self.open().await?;
        let faults = if self.play.kind() == PlayKind::Compound {
            Box::pin(self.rounds(opening)).await?
        } else {
            let course = Box::pin(self.course(opening)).await?;
            self.judge_course(course).await?
        };
        Ok(self.conclude(faults))
    }

    fn start(&self, instance: u32) -> StartOptions {
        self.options.start_options(self.options.fidelity).with_instance(instance)
    }

    /// Tries the operation and notes what was read and said meanwhile.
    async fn attempt(&self, live: &Live) -> Result<Attempt, Stop> {
        live.take_journal();
        let ended = live.operate_by_steps(self.play.operation).await;
        let reads = ended.all_reads();
        let SteppedOutcome { outcome, stopped_at, .. } = ended;
        no_trouble(live)?;
        Ok(Attempt { outcome, stopped_at, reads, said: live.take_journal() })
    }

    /// What the customer says in their own words, for the beat that tells of the complaint.
    fn own_words(&self, beat: Beat) -> Option<String> {
        let words = self.play.own_words().filter(|_| beat == Beat::Diagnosed);
        words.map(str::to_owned)
    }

    /// Another play of the corpus, in this play's world.
    fn recast(&self, other: &Play) -> Result<Play, PlayError> {
        Ok(Recast::new(self.options.cast()).play(other)?)
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
            // What was in the way made a difference, even if what it hides was cured before it was read.
            if fault.read.is_empty() && !fault.has_blocked {
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
        AppliedChange::new(self.name, (&self.footprint, self.fields.clone()), &self.read)
    }
}

/// Carries out a remedy: what it changed, and how it ended.
pub async fn carry_out(
    cure: &Cure,
    live: &Live,
) -> Result<(AppliedChange, Result<(), RemedyError>), LiveError> {
    let before = live.snapshot()?;
    let done = cure.remedy.it.carry_out(live).await;
    let after = live.snapshot()?;
    let changed = before.differences_from(&after);
    let fields = ChangedField::between(&changed, &before, &after);
    Ok((AppliedChange::new(cure.remedy.name, (&changed, fields), &Footprint::new()), done))
}

/// What the real machine could not do is no one's answer.
fn no_trouble(live: &Live) -> Result<(), PlayError> {
    live.trouble().map_or(Ok(()), |trouble| Err(PlayError::Machine(trouble.to_owned())))
}

fn remedy_failed(cure: &Cure, error: &RemedyError) -> Mismatch {
    Mismatch {
        beat: Beat::Repaired,
        kind: MismatchKind::RemedyFailed,
        expected: format!("the remedy `{}` can be carried out", cure.remedy.name),
        seen: error.to_string(),
        nearest: None,
        stderr: None,
    }
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
