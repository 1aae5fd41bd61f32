//! Compounds, and the laws that judge them: a core that breaks one is caught without anybody having written down what
//! hides what.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use marslab_core::{Altered, ReferenceCore};
use marslab_live::Fidelity;
use marslab_model::{Diagnosis, Finding, Unchecked};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::compound::compose;
use marslab_scenario::scenario::Play;
use marslab_scenario::{PlayKind, corpus};

use crate::event::Event;
use crate::pairs;
use crate::play::{Casting, Options, Progress};
use crate::runner::{RunConfig, play_alone, run};
use crate::subject_runner::RustSubject;
use crate::verdict::{Beat, MismatchKind, Verdict};

fn memory() -> Options {
    Options { fidelity: Fidelity::Memory, ..Options::default() }
}

fn reference() -> RustSubject {
    RustSubject::new("reference", ReferenceCore)
}

fn cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How plays end with the reference core, and for each the parts that are in the way in its first round.
fn played(plays: &[&Play]) -> Vec<(Verdict, BTreeSet<String>)> {
    let mut blocked = vec![BTreeSet::new(); plays.len()];
    let mut verdicts = vec![None; plays.len()];
    run(plays, &reference(), &memory(), RunConfig::once(cores()), &mut |event| match event {
        Event::BeatPlayed { index, beat } if beat.beat == Beat::Broken => {
            blocked[index].extend(beat.in_the_way);
        }
        Event::PlayEnded { index, verdict } => verdicts[index] = Some(verdict),
        _ => {}
    });
    verdicts.into_iter().map(Option::unwrap).zip(blocked).collect()
}

#[test]
fn in_every_compound_of_the_corpus_something_hides_something() {
    let compounds: Vec<&Play> =
        corpus::plays().filter(|play| play.kind() == PlayKind::Compound).collect();
    assert!(compounds.len() > 50);
    for (compound, (seen, in_the_way)) in compounds.iter().zip(played(&compounds)) {
        assert_eq!(seen, Verdict::Confirmed, "{}: {seen}", compound.name);
        assert!(!in_the_way.is_empty(), "{}", compound.name);
        // Of parts that stop the operation at one step, each hides the others, and all are in the way.
        let steps: BTreeSet<_> = compound.parts.iter().map(|part| part.expect.stops_at).collect();
        let some_only = in_the_way.len() < compound.parts.len();
        assert!(some_only || steps.len() == 1, "{}", compound.name);
    }
}

#[test]
fn pairs_that_nobody_has_written_down_obey_the_laws() {
    let plays: Vec<&Play> = corpus::plays().filter(|play| play.parts.is_empty()).collect();
    let drawn = pairs::draw(&plays, 12, &reference(), &memory(), cores()).unwrap().pairs;
    assert_eq!(drawn.len(), 12);
    for (pair, (seen, _)) in drawn.iter().zip(played(&drawn.iter().collect::<Vec<_>>())) {
        assert_eq!(seen, Verdict::Confirmed, "{}: {seen}", pair.name);
    }
    // The order is the seed's, not the threads'.
    let few = pairs::draw(&plays, 3, &reference(), &memory(), NonZeroUsize::MIN).unwrap();
    let names = |of: &[Play]| of.iter().map(|pair| pair.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&drawn)[..3], names(&few.pairs));
    // What would prove nothing is counted.
    assert!(few.dropped.values().sum::<usize>() > 0);
}

fn play(name: &str) -> &'static Play {
    corpus::plays().find(|play| play.name == name).unwrap()
}

/// How two plays at once end with the reference core, if its answers are changed.
fn ended(change: fn(&mut Diagnosis), names: [&str; 2]) -> Verdict {
    let pair = compose(&names.map(play)).unwrap();
    let subject = RustSubject::new("altered", Altered(change));
    play_alone(&pair, &subject, &memory(), drop).unwrap()
}

/// In what way it is wrong.
fn but(change: fn(&mut Diagnosis), names: [&str; 2]) -> Option<MismatchKind> {
    match ended(change, names) {
        Verdict::Mismatch(mismatch) => Some(mismatch.kind),
        Verdict::Confirmed | Verdict::Inconclusive { .. } => None,
    }
}

#[test]
fn who_is_right_is_confirmed() {
    assert_eq!(but(|_| {}, SEEN_BEHIND), None);
    assert_eq!(but(|_| {}, HIDDEN), None);
}

/// The proxy that requires authentication blocks the operation before the missing key does, but does not hide it: the key
/// is a file.
const SEEN_BEHIND: [&str; 2] = ["proxy-authentication-required", "passphrase-kek-missing"];
/// Nothing can be seen of the network behind a proxy at the wrong port.
const HIDDEN: [&str; 2] = ["proxy-port-wrong", "blocked-ip-20.190.128.0-18/proxy-of-system"];

#[test]
fn who_finds_only_what_is_hidden_makes_no_progress() {
    let only_key = |said: &mut Diagnosis| said.findings.retain(|it| it.cause == "kek-missing");
    assert_eq!(but(only_key, SEEN_BEHIND), Some(MismatchKind::NotFound));
}

#[test]
fn who_says_nothing_of_what_could_not_be_seen_is_silent() {
    let silent = |said: &mut Diagnosis| said.unchecked.clear();
    assert_eq!(but(silent, HIDDEN), Some(MismatchKind::SilentOnUnchecked));
    // What is found needs no such word.
    assert_eq!(but(silent, SEEN_BEHIND), None);
}

#[test]
fn who_always_says_that_something_was_unchecked_says_nothing_by_it() {
    let padded = |said: &mut Diagnosis| {
        let unchecked = Unchecked { what: "this and that".to_owned(), because: "so".to_owned() };
        said.unchecked = vec![unchecked];
    };
    assert_eq!(but(padded, HIDDEN), Some(MismatchKind::CouldBeChecked));
    let everything = |said: &mut Diagnosis| {
        let because = || "so".to_owned();
        let areas = Catalogue::known().areas.keys();
        said.unchecked =
            areas.map(|area| Unchecked { what: area.to_string(), because: because() }).collect();
    };
    assert_eq!(but(everything, HIDDEN), Some(MismatchKind::CouldBeChecked));
}

#[test]
fn a_cause_does_not_hide_itself() {
    // That the proxy asks keeps the required hosts out of reach; the core says so in any case.
    let without_it =
        |said: &mut Diagnosis| said.findings.retain(|it| it.cause == "proxy-blocks-url");
    assert_eq!(but(without_it, HIDDEN), Some(MismatchKind::NotFound));
}

#[test]
fn who_recommends_the_remedy_of_the_other_part_is_wrong() {
    let swapped = |said: &mut Diagnosis| {
        let remedies: Vec<_> = said.findings.iter().rev().map(|it| it.remedy.clone()).collect();
        said.findings.iter_mut().zip(remedies).for_each(|(it, remedy)| it.remedy = remedy);
    };
    assert_eq!(but(swapped, SEEN_BEHIND), Some(MismatchKind::WrongRemedy));
}

#[test]
fn who_names_what_is_not_there_is_unsound() {
    let wrong = |said: &mut Diagnosis| {
        let known = Catalogue::known().cause("clock-skewed").unwrap().id.to_string();
        said.findings.iter_mut().for_each(|it| it.cause.clone_from(&known));
    };
    assert_eq!(but(wrong, SEEN_BEHIND), Some(MismatchKind::FalseFinding));
}

#[test]
fn who_goes_on_naming_what_is_cured_is_unsound() {
    let both = |said: &mut Diagnosis| {
        let has = |cause: &str| said.findings.iter().any(|it| it.cause == cause);
        if has("kek-missing") && !has("proxy-authentication-required") {
            let mut stale = said.findings[0].clone();
            stale.cause = "proxy-authentication-required".to_owned();
            said.findings.push(stale);
        }
    };
    assert_eq!(but(both, SEEN_BEHIND), Some(MismatchKind::FalseFinding));
}

#[test]
fn who_finds_something_where_nothing_is_wrong_is_caught_in_the_first_beat() {
    let eager = |said: &mut Diagnosis| {
        if said.findings.is_empty() {
            said.findings.push(Finding::cause("clock-skewed", "correct-time"));
        }
    };
    let Verdict::Mismatch(mismatch) = ended(eager, SEEN_BEHIND) else { panic!("confirmed") };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::Healthy, MismatchKind::FalseFinding));
}

#[test]
fn who_answers_otherwise_when_asked_again_is_inconsistent() {
    let forgetful = |said: &mut Diagnosis| {
        static BROKEN: AtomicUsize = AtomicUsize::new(0);
        if !said.findings.is_empty() && BROKEN.fetch_add(1, Ordering::Relaxed) == 1 {
            said.findings.clear();
        }
    };
    assert_eq!(but(forgetful, SEEN_BEHIND), Some(MismatchKind::Inconsistent));
}

#[test]
fn every_beat_is_told_to_the_last() {
    // Of the second, a part is a control, which is never in the way.
    let with_control = ["connect-blocked-url/windows.net", "hosts-entry-with-its-own-address"];
    for names in [SEEN_BEHIND, with_control] {
        let mut beats = Vec::new();
        let pair = compose(&names.map(play)).unwrap();
        let ended = play_alone(&pair, &reference(), &memory(), |progress| {
            if let Progress::Beat(record) = progress {
                beats.push((record.beat, record.diagnosis.is_some()));
            }
        });
        assert_eq!(ended.unwrap(), Verdict::Confirmed);
        assert_eq!(beats.first(), Some(&(Beat::Healthy, true)));
        assert_eq!(beats.last(), Some(&(Beat::HealthyAgain, true)));
    }
}

#[test]
fn what_the_cures_leave_broken_is_not_repaired() {
    let mut pair = compose(&SEEN_BEHIND.map(play)).unwrap();
    let of_proxy = pair.cures[pair.parts[0].cures.start].clone();
    pair.cures[pair.parts[1].cures.clone()].fill(of_proxy);
    // With other names it would be read again, and its own cures with it.
    let options = Options { casting: Casting::Plain, ..memory() };
    let ended = play_alone(&pair, &reference(), &options, drop).unwrap();
    let Verdict::Mismatch(mismatch) = ended else { panic!("{ended}") };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::HealthyAgain, MismatchKind::NotRepaired));
}
