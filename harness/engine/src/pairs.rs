//! Pairs of plays, drawn by a seed: a search for what the corpus's own compounds do not show.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;

use marslab_model::Outcome;
use ring::digest::{SHA256, digest};

use crate::judge::laws;
use crate::play::{Options, PlayError, Stop, install_all, prepare};
use crate::repair_state::{CureError, RepairState};
use crate::runner::play_alone;
use crate::subject_runner::SubjectRunner;
use crate::verdict::{Beat, Verdict};
use marslab_live::{Fidelity, Live, SteppedOutcome};
use marslab_scenario::compound::compose;
use marslab_scenario::corpus;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::{Part, PastChoice, Play};

/// Pairs, and why others were not taken.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The pairs.
    pub pairs: Vec<Play>,
    /// How many candidates were dropped before the last of them was found, by reason.
    pub dropped: BTreeMap<Dropped, usize>,
}

/// Why a pair proves nothing. The subject under test has no influence on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dropped {
    /// Their settings or faults touch each other.
    Clash,
    /// The reference does not confirm one of them alone, in the background of both: its scenario does not hold there.
    NotAlone,
    /// Together they fail as neither does alone.
    FailsOtherwise,
    /// The remedies of one cure the other, or cannot be carried out.
    CuredByOne,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clash => "settings or faults conflict",
            Self::NotAlone => "one differs in the other's background",
            Self::FailsOtherwise => "the error is that of neither",
            Self::CuredByOne => "the remedies of one are enough, or fail",
        })
    }
}

/// Up to `count` pairs of one of these plays with another or with one of the corpus, in an order that follows from the
/// seed of the options. Both plays are about one operation, which fails of one of them at least.
///
/// A pair is drawn only where its verdict says something, see [`Dropped`]. `reference` is a subject that is trusted; it need
/// not be the one that is tested, so that a weak one does not have its pairs dropped.
pub fn draw(
    of: &[&Play],
    count: usize,
    reference: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Result<Drawn, PlayError> {
    let options = Options { fidelity: Fidelity::Memory, ..options.clone() };
    let candidates = candidates(of, options.seed);
    let mut drawn = Drawn::default();
    // A few at a time: a small count does not look at everything, and the order does not depend on the threads.
    for some in candidates.chunks(CHUNK) {
        for tried in try_all(some, reference, &options, jobs) {
            match tried? {
                Ok(pair) => drawn.pairs.push(pair),
                Err(dropped) => *drawn.dropped.entry(dropped).or_default() += 1,
            }
            if drawn.pairs.len() == count {
                return Ok(drawn);
            }
        }
    }
    Ok(drawn)
}

/// A pair, or why it is none.
type Tried = Result<Result<Play, Dropped>, PlayError>;

/// The pairs among these that stand, in their order.
fn try_all(
    candidates: &[(&Play, &Play)],
    reference: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Vec<Tried> {
    let share = candidates.len().div_ceil(jobs.get()).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = candidates
            .chunks(share)
            .map(|some| {
                scope.spawn(move || {
                    some.iter().map(|both| try_pair(both, reference, options)).collect::<Vec<_>>()
                })
            })
            .collect();
        let ended = threads.into_iter().map(|thread| match thread.join() {
            Ok(tried) => tried,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        ended.flatten().collect()
    })
}

fn try_pair(
    (one, other): &(&Play, &Play),
    reference: &dyn SubjectRunner,
    options: &Options,
) -> Tried {
    let recast = Recast::new(options.cast());
    let parts = [recast.play(one)?, recast.play(other)?];
    let [one, other] = &parts;
    let Ok(pair) = compose(&[one, other]) else { return Ok(Err(Dropped::Clash)) };
    for play in [one, other] {
        let alone = Play { given: pair.given.clone(), ..play.clone() };
        match play_alone(&alone, reference, options, drop) {
            Ok(Verdict::Confirmed) => {}
            Ok(_) => return Ok(Err(Dropped::NotAlone)),
            Err(PlayError::NotApplicable { .. }) => return Ok(Err(Dropped::Clash)),
            Err(error) => return Err(error),
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    match runtime.map_err(PlayError::Runtime)?.block_on(needs_both(&pair, options)) {
        Ok(None) => Ok(Ok(pair)),
        Ok(Some(dropped)) => Ok(Err(dropped)),
        Err(Stop::Mismatch(_)) => Ok(Err(Dropped::CuredByOne)),
        Err(Stop::Error(PlayError::NotApplicable { .. })) => Ok(Err(Dropped::Clash)),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// All pairs about one operation, shuffled.
fn candidates<'p>(of: &[&'p Play], seed: u64) -> Vec<(&'p Play, &'p Play)> {
    let is_asked_for = |play: &Play| of.iter().any(|it| it.name == play.name);
    let others = || corpus::plays().filter(|play| !is_asked_for(play));
    let mut pairs: Vec<(&Play, &Play)> = Vec::new();
    for (index, one) in of.iter().copied().enumerate() {
        let fits = |other: &&Play| {
            other.operation == one.operation
                && other.scenario() != one.scenario()
                && [one, other].iter().all(|it| !has_several(it) && !is_told_by_logs(it))
        };
        pairs.extend(of.iter().copied().skip(index + 1).filter(fits).map(|other| (one, other)));
        pairs.extend(others().filter(fits).map(|other| (one, other)));
    }
    pairs.sort_by_cached_key(|(one, other)| {
        let named = format!("{seed} {} {}", one.name, other.name);
        digest(&SHA256, named.as_bytes()).as_ref().to_vec()
    });
    pairs
}

/// Why the operation does not fail, as of one of the parts, until the remedies of each were carried out, in whichever order.
async fn needs_both(pair: &Play, options: &Options) -> Result<Option<Dropped>, Stop> {
    let world = prepare(pair, options, Fidelity::Memory).await?.world;
    let how = options.start_options(Fidelity::Memory).with_instance(1);
    for backwards in [false, true] {
        let live = Live::start(world.clone(), &how)?;
        install_all(pair, &live)?;
        let mut repairs = RepairState::of(pair);
        while !repairs.is_empty() {
            let SteppedOutcome { outcome, stopped_at, .. } =
                live.operate_by_steps(pair.operation).await;
            if outcome == Outcome::Succeeded {
                return Ok(Some(Dropped::CuredByOne));
            }
            let mut turn = repairs.present();
            if laws::fails(Beat::Broken, (&outcome, stopped_at), &turn).is_err() {
                return Ok(Some(Dropped::FailsOtherwise));
            }
            if backwards {
                turn.reverse();
            }
            if !cure_one(&turn, &mut repairs, &live).await? {
                return Ok(Some(Dropped::CuredByOne));
            }
        }
        if live.operate(pair.operation).await != Outcome::Succeeded {
            return Ok(Some(Dropped::CuredByOne));
        }
    }
    Ok(None)
}

/// Cures the first of these that can be cured as things are.
async fn cure_one(
    turn: &[&Part],
    repairs: &mut RepairState<'_>,
    live: &Live,
) -> Result<bool, Stop> {
    for part in turn {
        match repairs.apply_cures(part, live, &mut Vec::new()).await {
            Ok(()) => return Ok(true),
            Err(CureError::Remedy(..)) => {}
            Err(CureError::Live(error)) => return Err(error.into()),
        }
    }
    Ok(false)
}

/// Several faults are a compound already, whose cures have their order.
fn has_several(play: &Play) -> bool {
    play.faults.len() > 1
}

/// What only the logs tell is not told while something else is in the way.
fn is_told_by_logs(play: &Play) -> bool {
    play.past != PastChoice::default()
}

/// How many candidates are looked at in one go.
const CHUNK: usize = 64;
