//! Runs of the whole corpus by the reference core. Each is played once, by whichever test asks first, and serves all of them.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use marslab::PlayKind;
use marslab::corpus;
use marslab::event::{BeatRecord, Expected};
use marslab::judge;
use marslab::play::Options;
use marslab::report::{Ending, Keeps, PlayStory, Summary};
use marslab::runner::{RunConfig, run};
use marslab::scenario::Play;
use marslab::subject_runner::SubjectRunner;
use marslab::verdict::{Beat, MismatchKind, Verdict};
use marslab_model::world::Language;
use marslab_model::{Diagnosis, Level, Outcome};
use marslab_tests::{memory, reference};

/// English machines, the default seed.
pub(crate) static ENGLISH: LazyLock<Summary> =
    LazyLock::new(|| played(&memory(), cores(), Summary::default()));

/// Japanese machines, with all network traffic: the language whose characters take most bytes in a report.
pub(crate) static JAPANESE: LazyLock<Summary> = LazyLock::new(|| {
    let options = Options { language: Language::Japanese, ..memory() };
    played(&options, cores(), Summary::keeping(Keeps { exchanges: true, ..Keeps::default() }))
});

/// Chinese machines, and another seed. Korean ones, with yet another, are played on sockets: see `scenarios.rs`.
pub(crate) static CHINESE: LazyLock<Summary> = LazyLock::new(|| {
    let options = Options { language: Language::ChineseTraditional, seed: u64::MAX, ..memory() };
    played(&options, cores(), Summary::default())
});

/// Plays the whole corpus, `jobs` plays at a time, and adds what happens to `summary`.
pub(crate) fn played(options: &Options, jobs: NonZeroUsize, summary: Summary) -> Summary {
    let plays: Vec<&Play> = corpus::plays().collect();
    played_of(&plays, options, jobs, summary)
}

/// The same for some plays.
pub(crate) fn played_of(
    plays: &[&Play],
    options: &Options,
    jobs: NonZeroUsize,
    summary: Summary,
) -> Summary {
    played_by(&reference(), plays, options, jobs, summary)
}

/// The same by another subject.
pub(crate) fn played_by(
    subject: &dyn SubjectRunner,
    plays: &[&Play],
    options: &Options,
    jobs: NonZeroUsize,
    mut summary: Summary,
) -> Summary {
    let config = RunConfig::once(jobs);
    run(plays, subject, options, config, &mut |event| summary.add(event));
    summary
}

/// The plays of a run, each with what happened in it.
pub(crate) fn stories(run: &Summary) -> impl Iterator<Item = (&'static Play, &PlayStory)> {
    let plays = corpus::plays().enumerate();
    plays.map(|(index, play)| {
        let story = run.play(index).unwrap();
        assert_eq!(story.info.name, play.name);
        (play, story)
    })
}

/// The verdict of a play that came to one.
#[track_caller]
pub(crate) fn verdict_of(story: &PlayStory) -> &Verdict {
    match &story.ending {
        Ending::Verdict(verdict) => verdict,
        other => panic!("{} came to no verdict: {other:?}", story.info.name),
    }
}

/// What the console showed when the operation failed in the broken world; nothing where it succeeded.
pub(crate) fn shown(story: &PlayStory) -> Option<&str> {
    let broken = story.beats.iter().find(|beat| beat.beat == Beat::Broken)?;
    match broken.outcome.as_ref()? {
        Outcome::Failed(symptom) => Some(&symptom.message),
        Outcome::Succeeded => None,
    }
}

pub(crate) fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// The first play of each kind and operation. What a play does with what it sees depends on these two alone, so that these
/// few are played anew where the whole corpus is judged from what was seen before.
pub(crate) fn sample() -> Vec<&'static Play> {
    let mut seen = BTreeSet::new();
    corpus::plays().filter(|play| seen.insert((play.kind(), play.operation.name()))).collect()
}

/// How a play would have ended had the subject answered otherwise: each answer of the run is replaced, and judged again by
/// what was expected in its place. Nothing is played. Not for compounds, where what is expected next depends on the answer.
#[track_caller]
pub(crate) fn judged_again(
    play: &Play,
    story: &PlayStory,
    answer: impl Fn(&BeatRecord) -> (Expected, Diagnosis),
) -> Option<MismatchKind> {
    assert_ne!(play.kind(), PlayKind::Compound, "{}", play.name);
    let level = match play.kind() {
        PlayKind::Check => Level::Advice,
        _ => Level::Cause,
    };
    let asked = story.beats.iter().filter(|beat| beat.diagnosis.is_some());
    let judged = asked.map(|beat| {
        let (Expected { groups, may }, diagnosis) = answer(beat);
        judge::finds(beat.beat, &diagnosis, &groups, &may, level)
    });
    judged.filter_map(Result::err).map(|odd| odd.kind).next()
}
