//! Plays many plays on several threads. Each play has a runtime of its own, so that plays share nothing.

use std::num::{NonZeroU32, NonZeroUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

use crate::event::{Event, PlayInfo, RunStarted};
use crate::interrupt::Interrupt;
use crate::play::{Casting, Options, PlayError, Progress, play};
use crate::shard::Shard;
use crate::subject_runner::SubjectRunner;
use crate::verdict::Verdict;
use marslab_live::Fidelity;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::Play;
use marslab_scenario::{digest, packs};

/// How a run is spread and repeated.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// How many plays go on at a time, at most.
    pub jobs: NonZeroUsize,
    /// How often everything is played: first with the seed of the options, then with the seeds that follow it.
    pub repeats: NonZeroU32,
    /// Whether no play begins after one that is not confirmed has ended.
    pub fail_fast: bool,
    /// The part of the plays that is played.
    pub shard: Option<Shard>,
    /// What ends the run before its last play.
    pub interrupt: Interrupt,
}

impl RunConfig {
    /// Everything once, to its end.
    pub fn once(jobs: NonZeroUsize) -> Self {
        let interrupt = Interrupt::default();
        Self { jobs, repeats: NonZeroU32::MIN, fail_fast: false, shard: None, interrupt }
    }
}

/// Plays `plays` and calls `handle` with every event. Returns when the last play has ended.
#[expect(clippy::needless_pass_by_value, reason = "one is made for each run")]
pub fn run(
    plays: &[&Play],
    subject: &dyn SubjectRunner,
    options: &Options,
    config: RunConfig,
    handle: &mut dyn FnMut(Event),
) {
    let repeats = config.repeats.get();
    let corpus = digest::of(plays);
    let plays = &config.shard.map_or_else(|| plays.to_vec(), |shard| shard.select(plays));
    handle(Event::RunStarted(RunStarted {
        seed: options.seed,
        fidelity: options.fidelity,
        language: options.language,
        subject: subject.name(),
        isolation: subject.isolation(),
        is_served: subject.afresh().is_some(),
        is_plain: options.casting == Casting::Plain,
        roles: options.cast().parts().into_iter().map(|part| (part.role, part.value)).collect(),
        corpus,
        packs: packs::loaded().iter().map(|pack| pack.folder.display().to_string()).collect(),
        shard: config.shard,
        plays: plays.len().saturating_mul(usize::try_from(repeats).unwrap_or(usize::MAX)),
    }));
    let (mut unplayed, has_failed) = (0, AtomicBool::new(false));
    for (repeat, first) in (0..repeats).zip((0..).step_by(plays.len().max(1))) {
        let seed = options.seed.wrapping_add(u64::from(repeat));
        let options = &Options { seed, ..options.clone() };
        let seed = (repeats > 1).then_some(seed);
        unplayed += run_once(plays, subject, options, (&config, &has_failed), &mut |event| {
            handle(moved(event, first, seed));
        });
    }
    if config.interrupt.is_set() && unplayed > 0 {
        handle(Event::Interrupted);
    }
    handle(Event::RunEnded { unplayed });
}

/// The event as reported for a repeat, whose first play has the number `first` in the run.
fn moved(mut event: Event, first: usize, seed: Option<u64>) -> Event {
    match &mut event {
        Event::PlayStarted { index, play } => {
            *index += first;
            play.seed = seed;
        }
        Event::Asked { index, .. }
        | Event::BeatPlayed { index, .. }
        | Event::Kept { index, .. }
        | Event::PlayEnded { index, .. }
        | Event::GivenUp { index }
        | Event::NotPlayable { index, .. }
        | Event::LabFailed { index, .. } => *index += first,
        Event::RunStarted(_) | Event::Interrupted | Event::RunEnded { .. } => {}
    }
    event
}

/// Plays everything once, at most `jobs` at a time. Gives the number of plays that were not played.
fn run_once(
    plays: &[&Play],
    subject: &dyn SubjectRunner,
    options: &Options,
    (config, has_failed): (&RunConfig, &AtomicBool),
    handle: &mut dyn FnMut(Event),
) -> usize {
    let RunConfig { jobs, fail_fast, interrupt, .. } = config;
    let next = AtomicUsize::new(0);
    let mut played: usize = 0;
    let (sender, events) = channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs.get().min(plays.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let goes_on = || {
                    let is_failed = *fail_fast && has_failed.load(Ordering::Relaxed);
                    !is_failed && !interrupt.is_set()
                };
                while let Some(next) = take(plays, next).filter(|_| goes_on()) {
                    let is_confirmed = perform(next, subject, options, interrupt, &sender);
                    has_failed.fetch_or(!is_confirmed, Ordering::Relaxed);
                }
            });
        }
        // The channel ends when the last worker has dropped its sender.
        drop(sender);
        for event in events {
            match event {
                Event::PlayStarted { .. } => played += 1,
                Event::GivenUp { .. } => played -= 1,
                _ => {}
            }
            handle(event);
        }
    });
    plays.len().saturating_sub(played)
}

fn take<'a>(plays: &[&'a Play], next: &AtomicUsize) -> Option<(usize, &'a Play)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    plays.get(index).map(|play| (index, *play))
}

/// Plays one play, and tells of it. Whether it was confirmed.
fn perform(
    (index, play): (usize, &Play),
    subject: &dyn SubjectRunner,
    options: &Options,
    interrupt: &Interrupt,
    events: &Sender<Event>,
) -> bool {
    // The receiver lives as long as the workers do; an event without a receiver can be dropped.
    let tell = |event| drop(events.send(event));
    tell(Event::PlayStarted { index, play: PlayInfo::of(play) });
    let tell_note = |note| match note {
        Progress::Ask(ask) => tell(Event::Asked { index, ask: *ask }),
        Progress::Beat(beat) => tell(Event::BeatPlayed { index, beat: *beat }),
        Progress::Kept(folder) => tell(Event::Kept { index, folder }),
    };
    let play_it = || play_until(play, subject, options, tell_note, interrupt);
    let ended = catch_unwind(AssertUnwindSafe(play_it));
    let is_confirmed = matches!(ended, Ok(Ok(Verdict::Confirmed)));
    tell(match ended {
        Ok(Ok(verdict)) => Event::PlayEnded { index, verdict },
        Ok(Err(error @ (PlayError::NotApplicable { .. } | PlayError::Recast(_)))) => {
            Event::NotPlayable { index, error: error.to_string() }
        }
        Ok(Err(PlayError::Interrupted)) => Event::GivenUp { index },
        Ok(Err(error)) => Event::LabFailed { index, error: error.to_string() },
        Err(_panic) => {
            Event::LabFailed { index, error: "the lab panicked; this is a bug".to_owned() }
        }
    });
    is_confirmed
}

/// Plays one play on a runtime of its own, in the world of the options' cast.
pub fn play_alone(
    of: &Play,
    subject: &dyn SubjectRunner,
    options: &Options,
    tell: impl FnMut(Progress) + Send,
) -> Result<Verdict, PlayError> {
    play_until(of, subject, options, tell, &Interrupt::default())
}

/// The same, which is given up when it is interrupted.
fn play_until(
    of: &Play,
    subject: &dyn SubjectRunner,
    options: &Options,
    mut tell: impl FnMut(Progress) + Send,
    interrupt: &Interrupt,
) -> Result<Verdict, PlayError> {
    let of = &Recast::new(options.cast()).play(of)?;
    block_on(options.fidelity, async {
        tokio::select! {
            verdict = play(of, subject, options, &mut tell) => verdict,
            () = interrupt.wait() => Err(PlayError::Interrupted),
        }
    })?
}

/// Waits for a future on a runtime of its own.
pub(crate) fn block_on<T>(
    fidelity: Fidelity,
    future: impl Future<Output = T>,
) -> Result<T, PlayError> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = match fidelity {
        // Neither sockets nor signals: what is not there cannot disturb a replay.
        Fidelity::Memory | Fidelity::MemoryFullTls => runtime.enable_time(),
        Fidelity::Loopback => runtime.enable_all(),
    };
    let runtime = runtime.build().map_err(PlayError::Runtime)?;
    Ok(runtime.block_on(future))
}
