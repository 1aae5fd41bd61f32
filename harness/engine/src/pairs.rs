//! Pairs of plays, drawn by a seed: a search for what the corpus's own compounds do not show.

use std::num::NonZeroUsize;

use marslab_model::Outcome;
use ring::digest::{SHA256, digest};

use crate::play::{Options, PlayError, Stop, install_all, prepare};
use crate::repair_state::{CureError, RepairState};
use crate::runner::play_alone;
use crate::subject_runner::SubjectRunner;
use crate::verdict::Verdict;
use marslab_live::{Fidelity, Live, StartOptions};
use marslab_scenario::compound::compose;
use marslab_scenario::corpus;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::{Part, Play};

/// Up to `count` pairs of one of these plays with another or with one of the corpus, in an order that follows from the
/// seed of the options. Both plays are about one operation, which fails of one of them at least.
///
/// A pair is drawn only where its verdict says something: its backgrounds and faults do not touch each other; each part
/// alone, in the pair's background, is confirmed with this subject, so that its causes are what its scenario says; and
/// the remedies of neither cure the other, in whichever order, but those of both cure all.
pub fn draw(
    of: &[&Play],
    count: usize,
    subject: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Result<Vec<Play>, PlayError> {
    let candidates = candidates(of, options.seed);
    let mut drawn = Vec::new();
    // A few at a time: a small count does not look at everything, and the order does not depend on the threads.
    for some in candidates.chunks(CHUNK) {
        let tried = try_all(some, subject, options, jobs);
        for pair in tried {
            drawn.extend(pair?);
        }
        if drawn.len() >= count {
            drawn.truncate(count);
            break;
        }
    }
    Ok(drawn)
}

/// The pairs among these that stand, in their order.
fn try_all(
    candidates: &[(&Play, &Play)],
    subject: &dyn SubjectRunner,
    options: &Options,
    jobs: NonZeroUsize,
) -> Vec<Result<Option<Play>, PlayError>> {
    let share = candidates.len().div_ceil(jobs.get()).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = candidates
            .chunks(share)
            .map(|some| {
                scope.spawn(move || {
                    some.iter().map(|both| try_pair(both, subject, options)).collect::<Vec<_>>()
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
    subject: &dyn SubjectRunner,
    options: &Options,
) -> Result<Option<Play>, PlayError> {
    let mut recast = Recast::new(options.cast());
    let parts = [recast.play(one)?, recast.play(other)?];
    let [one, other] = &parts;
    let Ok(pair) = compose(&[one, other]) else { return Ok(None) };
    for play in [one, other] {
        let alone = Play { given: pair.given.clone(), ..play.clone() };
        match play_alone(&alone, subject, options, drop) {
            Ok(Verdict::Confirmed) => {}
            Ok(_) | Err(PlayError::NotApplicable { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    match runtime.map_err(PlayError::Runtime)?.block_on(needs_both(&pair, options)) {
        Ok(true) => Ok(Some(pair)),
        Ok(false) | Err(Stop::Mismatch(_) | Stop::Error(PlayError::NotApplicable { .. })) => {
            Ok(None)
        }
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
                && !has_several(one)
                && !has_several(other)
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

/// Whether the operation fails until the remedies of each part were carried out, in whichever order.
async fn needs_both(pair: &Play, options: &Options) -> Result<bool, Stop> {
    let (_, world) = prepare(pair, options, Fidelity::Memory).await?;
    let how = StartOptions::new(Fidelity::Memory, options.seed).with_instance(1);
    for backwards in [false, true] {
        let live = Live::start(world.clone(), &how).await?;
        install_all(pair, &live)?;
        let mut repairs = RepairState::of(pair);
        while !repairs.is_empty() {
            if live.operate(pair.operation).await == Outcome::Succeeded {
                return Ok(false);
            }
            let mut turn = repairs.present();
            if backwards {
                turn.reverse();
            }
            if !cure_one(&turn, &mut repairs, &live).await? {
                return Ok(false);
            }
        }
        if live.operate(pair.operation).await != Outcome::Succeeded {
            return Ok(false);
        }
    }
    Ok(true)
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

/// How many candidates are looked at in one go.
const CHUNK: usize = 64;
