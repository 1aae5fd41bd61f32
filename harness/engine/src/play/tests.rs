//! What a play makes of a subject, told with one that answers by the world that it is shown.

use std::collections::BTreeSet;
use std::sync::Mutex;

use async_trait::async_trait;
use marslab_core::ReferenceCore;
use marslab_live::{Fidelity, Live};
use marslab_model::host::System as _;
use marslab_model::subject::SubjectError;
use marslab_model::world::{Cast, ServiceState};
use marslab_model::{
    Change, Complaint, Diagnosis, Field, Finding, Level, Name, Outcome, Subject as _,
};
use marslab_scenario::compound::compose;
use marslab_scenario::scenario::{Past, Play};
use marslab_scenario::{PlayKind, corpus};

use super::ask::instance;
use super::{Casting, Keep, Options, PlayError, Progress};
use crate::event::BeatRecord;
use crate::runner::play_alone;
use crate::subject_runner::{RustSubject, SubjectRunner};
use crate::trace::TracedLive;
use crate::verdict::{Beat, InconclusiveReason, MismatchKind, Verdict};

/// What a subject does when it is asked.
type Answer = fn(&Live) -> Result<Diagnosis, SubjectError>;

/// The worlds of the simple play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// Nothing was tried, and nothing is wrong.
    Healthy,
    /// The service is stopped.
    Broken,
    /// The operation has succeeded.
    HealthyAgain,
}

/// Answers by the world that it sees, and notes what it was asked.
struct Scripted {
    answer: fn(Seen, usize) -> Answer,
    /// The service that it looks at through the port, where it pretends to have grounds.
    looks_at: Option<&'static str>,
    asked: Mutex<Vec<(Seen, Complaint)>>,
}

fn seen(live: &Live) -> Seen {
    let world = live.snapshot().unwrap();
    let machine = &world.machines[live.machine_name()];
    let is_stopped = machine.services[&Name::new("MSiSCSI")].state == ServiceState::Stopped;
    match (is_stopped, machine.mounts.is_empty()) {
        (true, _) => Seen::Broken,
        (false, true) => Seen::Healthy,
        (false, false) => Seen::HealthyAgain,
    }
}

#[async_trait]
impl SubjectRunner for Scripted {
    fn name(&self) -> String {
        "scripted".to_owned()
    }

    async fn diagnose(
        &self,
        told: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        if let Some(service) = self.looks_at {
            live.host().service(&Name::new(service)).unwrap();
        }
        let world = seen(live.live());
        let times = {
            let mut asked = self.asked.lock().unwrap();
            let times = asked.iter().filter(|(other, _)| *other == world).count();
            asked.push((world, told.clone()));
            times
        };
        live.note_stderr(&format!("{world:?} {times}\n"));
        (self.answer)(world, times)(live.live())
    }
}

/// How a play ended, and what was seen on the way.
struct Played {
    ended: Result<Verdict, PlayError>,
    beats: Vec<BeatRecord>,
    asked: Vec<(Seen, Complaint)>,
}

/// Remembers, perhaps; the other one does not.
struct Remembering {
    knows: Scripted,
    fresh: Scripted,
}

#[async_trait]
impl SubjectRunner for Remembering {
    fn name(&self) -> String {
        self.knows.name()
    }

    fn afresh(&self) -> Option<&dyn SubjectRunner> {
        Some(&self.fresh)
    }

    async fn diagnose(
        &self,
        told: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        self.knows.diagnose(told, live).await
    }
}

fn scripted(answer: fn(Seen, usize) -> Answer) -> Scripted {
    Scripted { answer, looks_at: Some("MSiSCSI"), asked: Mutex::default() }
}

fn played_with(play: &Play, seed: u64, answer: fn(Seen, usize) -> Answer) -> Played {
    let subject = scripted(answer);
    let (ended, beats) = played_by(&subject, play, seed);
    Played { ended, beats, asked: subject.asked.into_inner().unwrap() }
}

pub(super) fn played_by(
    subject: &dyn SubjectRunner,
    play: &Play,
    seed: u64,
) -> (Result<Verdict, PlayError>, Vec<BeatRecord>) {
    let options = memory(seed);
    let mut beats = Vec::new();
    let ended = play_alone(play, subject, &options, |progress| {
        if let Progress::Beat(beat) = progress {
            beats.push(*beat);
        }
    });
    (ended, beats)
}

fn memory(seed: u64) -> Options {
    Options {
        fidelity: Fidelity::Memory,
        // What a test takes out of a play would come back when it is read again.
        casting: Casting::Plain,
        seed,
        ..Options::default()
    }
}

fn played(play: &Play, answer: fn(Seen, usize) -> Answer) -> Played {
    played_with(play, Options::default().seed, answer)
}

pub(super) fn play(name: &str) -> Play {
    corpus::plays().find(|play| play.name == name).unwrap().clone()
}

/// One fault, one cause, one cure: the subject is asked in beats 1, 3 and 5.
pub(super) const SIMPLE: &str = "iscsi-service-stopped";

pub(super) fn found(cause: &str, remedy: Option<&str>) -> Finding {
    let remedy = remedy.map(str::to_owned);
    Finding {
        cause: cause.to_owned(),
        about: None,
        level: Level::Cause,
        evidence: Vec::new(),
        remedy,
    }
}

fn finding(causes: &[&str]) -> Diagnosis {
    let findings = causes.iter().map(|cause| found(cause, None)).collect();
    Diagnosis { findings, ..Diagnosis::healthy() }
}

const NOTHING: Answer = |_| Ok(Diagnosis::healthy());
const RIGHT: Answer = |_| Ok(finding(&[SIMPLE]));
const IN_OTHER_WORDS: Answer = |_| {
    let findings = vec![found(SIMPLE, None).with_evidence("seen once more")];
    Ok(Diagnosis { findings, ..Diagnosis::healthy() })
};
const WRONG: Answer = |_| Ok(finding(&["clock-skewed"]));
const BOTH: Answer = |_| Ok(finding(&[SIMPLE, "clock-skewed"]));
const WRONG_REMEDY: Answer = |_| {
    let findings = vec![found(SIMPLE, Some("restart-server"))];
    Ok(Diagnosis { findings, ..Diagnosis::healthy() })
};
const RIGHT_REMEDY: Answer = |_| {
    let findings = vec![found(SIMPLE, Some("start-iscsi-service"))];
    Ok(Diagnosis { findings, ..Diagnosis::healthy() })
};
const FAILS: Answer = |_| Err(SubjectError::TimedOut { seconds: 1 });
/// Waits for a minute, as a core that looks at a slow server does.
const WAITS: Answer = |live| {
    live.apply(&Change::Elapse { seconds: 60 }).unwrap();
    Ok(Diagnosis::healthy())
};
const MEDDLES: Answer = |live| {
    let machine = Field::world().machines().at(live.machine_name().clone());
    live.apply(&machine.services().at("VSS").state().set(ServiceState::Stopped)).unwrap();
    Ok(Diagnosis::healthy())
};

/// What is right of each world.
fn right(world: Seen, _times: usize) -> Answer {
    match world {
        Seen::Broken => RIGHT,
        Seen::Healthy | Seen::HealthyAgain => NOTHING,
    }
}

#[test]
fn the_beats_come_in_their_order_and_the_subject_is_always_told_the_same() {
    let played = played(&play(SIMPLE), right);
    assert_eq!(played.ended.unwrap(), Verdict::Confirmed);
    let beats: Vec<Beat> = played.beats.iter().map(|beat| beat.beat).collect();
    let all = [Beat::Healthy, Beat::Broken, Beat::Diagnosed, Beat::Repaired, Beat::HealthyAgain];
    assert_eq!(beats, all);
    let Some(Outcome::Failed(symptom)) = &played.beats[1].outcome else {
        panic!("{:?}", played.beats[1])
    };
    let (_, first) = &played.asked[0];
    assert_eq!(first.message, symptom.message);
    assert!(played.asked.iter().all(|(_, told)| told == first));
}

#[test]
fn each_world_is_shown_and_some_of_each_kind_again_in_an_order_of_the_seed() {
    let mut orders = Vec::new();
    for seed in 0..12 {
        let asked = played_with(&play(SIMPLE), seed, right).asked;
        let order: Vec<Seen> = asked.into_iter().map(|(world, _)| world).collect();
        let times = |world| order.iter().filter(|it| **it == world).count();
        assert!((2..=3).contains(&times(Seen::Broken)), "{order:?}");
        let healthy = times(Seen::Healthy) + times(Seen::HealthyAgain);
        assert!((3..=4).contains(&healthy), "{order:?}");
        assert!(times(Seen::Healthy) > 0 && times(Seen::HealthyAgain) > 0, "{order:?}");
        let again = played_with(&play(SIMPLE), seed, right).asked;
        assert!(order.iter().eq(again.iter().map(|(world, _)| world)), "seed {seed}");
        orders.push(order);
    }
    orders.dedup();
    assert!(orders.len() > 6, "{orders:?}");
}

/// The play ends at the answer that is wrong, and says which and how.
#[track_caller]
fn ends(answer: fn(Seen, usize) -> Answer, beat: Beat, kind: MismatchKind) {
    let Verdict::Mismatch(mismatch) = played(&play(SIMPLE), answer).ended.unwrap() else {
        panic!("no mismatch")
    };
    assert_eq!((mismatch.beat, mismatch.kind), (beat, kind), "{mismatch}");
}

/// An answer about one world that is wrong, while the others are right.
macro_rules! wrong {
    ($world:ident, $answer:ident) => {
        |world, times| if world == Seen::$world { $answer } else { right(world, times) }
    };
}

#[test]
fn a_wrong_answer_is_told_in_its_beat() {
    use MismatchKind::{
        FalseFinding, NotFound, SubjectChangedTheWorld, SubjectFailed, WrongRemedy,
    };
    ends(wrong!(Healthy, RIGHT), Beat::Healthy, FalseFinding);
    ends(wrong!(Healthy, FAILS), Beat::Healthy, SubjectFailed);
    ends(wrong!(Healthy, MEDDLES), Beat::Healthy, SubjectChangedTheWorld);
    ends(wrong!(Broken, NOTHING), Beat::Diagnosed, NotFound);
    ends(wrong!(Broken, WRONG), Beat::Diagnosed, NotFound);
    ends(wrong!(Broken, BOTH), Beat::Diagnosed, FalseFinding);
    ends(wrong!(Broken, WRONG_REMEDY), Beat::Diagnosed, WrongRemedy);
    ends(wrong!(Broken, FAILS), Beat::Diagnosed, SubjectFailed);
    ends(wrong!(Broken, MEDDLES), Beat::Diagnosed, SubjectChangedTheWorld);
    ends(wrong!(HealthyAgain, RIGHT), Beat::HealthyAgain, FalseFinding);
    ends(wrong!(HealthyAgain, FAILS), Beat::HealthyAgain, SubjectFailed);
    ends(wrong!(HealthyAgain, MEDDLES), Beat::HealthyAgain, SubjectChangedTheWorld);
}

#[test]
fn the_documented_remedy_is_right() {
    let names_it: fn(Seen, usize) -> Answer = |world, times| match world {
        Seen::Broken => RIGHT_REMEDY,
        Seen::Healthy | Seen::HealthyAgain => right(world, times),
    };
    assert_eq!(played(&play(SIMPLE), names_it).ended.unwrap(), Verdict::Confirmed);
}

#[test]
fn what_was_said_on_the_wire_is_told_a_line_each() {
    let played = played(&play(SIMPLE), right);
    let beat = &played.beats[0];
    let lines: Vec<String> =
        beat.said.iter().map(|it| format!("{}: {} → {}", it.to, it.what, it.answer)).collect();
    assert!(!lines.is_empty());
    assert_eq!(beat.wire, lines);
}

#[test]
fn parts_that_touch_the_same_are_not_played_at_once() {
    let one = play("hosts-entry-wrong");
    let other = Play { name: "again".to_owned(), ..one.clone() };
    let both = compose(&[&one, &other]).unwrap();
    let subject = RustSubject::new("reference", ReferenceCore);
    let Err(PlayError::NotApplicable { reason, .. }) = played_by(&subject, &both, 1).0 else {
        panic!("both have been put in")
    };
    assert!(reason.contains("the part `again` would change"), "{reason}");
}

#[test]
fn what_is_right_without_a_look_is_guessed() {
    for (looks_at, told) in [
        (None, "it looked at nothing"),
        (Some("obengine"), "all 1 calls are answered the same where nothing is wrong"),
    ] {
        let subject = Scripted { looks_at, ..scripted(right) };
        let (ended, _) = played_by(&subject, &play("iscsi-service-stopped"), 1);
        let Ok(Verdict::Mismatch(mismatch)) = ended else { panic!("{ended:?}") };
        assert_eq!((mismatch.beat, mismatch.kind), (Beat::Diagnosed, MismatchKind::Guessed));
        assert_eq!(mismatch.seen, told);
        let wanted = "the subject looks at something that shows `iscsi-service-stopped`";
        assert_eq!(mismatch.expected, wanted);
    }
}

#[test]
fn every_ask_is_told_with_its_world_and_its_time() {
    let subject = scripted(|world, times| match world {
        Seen::Healthy => WAITS,
        Seen::Broken | Seen::HealthyAgain => right(world, times),
    });
    let mut asks = Vec::new();
    let ended = play_alone(&play(SIMPLE), &subject, &memory(1), |progress| {
        if let Progress::Ask(ask) = progress {
            asks.push(*ask);
        }
    });
    assert_eq!(ended.unwrap(), Verdict::Confirmed);
    let asked = subject.asked.into_inner().unwrap();
    assert_eq!(asks.len(), asked.len());
    for (ask, (world, _)) in asks.iter().zip(&asked) {
        let expected = match world {
            Seen::Healthy => (Beat::Healthy, 60),
            Seen::Broken => (Beat::Diagnosed, 0),
            Seen::HealthyAgain => (Beat::HealthyAgain, 0),
        };
        assert_eq!((ask.beat, ask.seconds), expected);
        assert_eq!(ask.expected.groups.is_empty(), *world != Seen::Broken);
        assert!(ask.said.is_some() && ask.trace.count == 1);
    }
}

#[test]
fn each_world_that_is_shown_draws_by_itself() {
    let numbers: BTreeSet<u32> = (0..9).map(instance).collect();
    assert_eq!(numbers.len(), 9);
}

/// What a program wrote before it gave the answer that is wrong, not before another.
#[test]
fn a_mismatch_has_the_standard_error_of_its_ask() {
    let check = |answer: fn(Seen, usize) -> Answer, stderr: &str| {
        let ended = played(&play(SIMPLE), answer).ended;
        let Ok(Verdict::Mismatch(mismatch)) = ended else { panic!("{ended:?}") };
        assert_eq!(mismatch.stderr.as_deref(), Some(stderr), "{mismatch}");
    };
    check(|_, _| NOTHING, "Broken 0");
    check(|_, _| RIGHT, "Healthy 0");
    let changes = |world, times| match (world, times) {
        (Seen::Broken, 1) => BOTH,
        _ => right(world, times),
    };
    check(changes, "Broken 1");
    let fails = |world, times| match (world, times) {
        (Seen::Broken, 1) => FAILS,
        _ => right(world, times),
    };
    check(fails, "Broken 1");
}

#[test]
fn two_answers_about_one_world_are_inconsistent() {
    let changes = |world, times| match (world, times) {
        (Seen::Broken, 1) => BOTH,
        _ => right(world, times),
    };
    ends(changes, Beat::Diagnosed, MismatchKind::Inconsistent);
    let other_words: fn(Seen, usize) -> Answer = |world, times| match (world, times) {
        (Seen::Broken, 1) => IN_OTHER_WORDS,
        _ => right(world, times),
    };
    assert_eq!(played(&play(SIMPLE), other_words).ended.unwrap(), Verdict::Confirmed);
}

/// The verdicts of some seeds on a subject that is always right, how often it was asked, and how often without a memory.
fn remembered(fresh: fn(Seen, usize) -> Answer) -> (Vec<Verdict>, usize, usize) {
    let subject = Remembering { knows: scripted(right), fresh: scripted(fresh) };
    let play = play(SIMPLE);
    let verdicts = (0..16).map(|seed| played_by(&subject, &play, seed).0.unwrap()).collect();
    let [asked, again] = [subject.knows, subject.fresh].map(|it| it.asked.into_inner().unwrap());
    assert!(again.iter().all(|it| asked.contains(it)));
    (verdicts, asked.len(), again.len())
}

#[test]
fn one_ask_in_twenty_is_repeated_without_a_memory() {
    let (verdicts, asked, again) = remembered(right);
    assert!(verdicts.iter().all(|it| *it == Verdict::Confirmed), "{verdicts:?}");
    assert!((asked / 40..=asked / 10).contains(&again), "{again} of {asked}");
}

#[test]
fn an_answer_that_needs_a_memory_is_inconsistent() {
    let (verdicts, _, again) = remembered(|_, times| if times == 0 { BOTH } else { FAILS });
    let mismatches: Vec<_> = verdicts.iter().filter(|it| **it != Verdict::Confirmed).collect();
    // A play ends at the first.
    assert_eq!(mismatches.len(), again, "{verdicts:?}");
    let seen = |text: &str| mismatches.iter().any(|it| it.to_string().contains(text));
    assert!(seen("inconsistent in beat 3"), "{verdicts:?}");
    assert!(seen("expected: the answer of a fresh process: "), "{verdicts:?}");
    assert!(seen("subject failed"), "{verdicts:?}");
}

#[test]
fn looking_may_take_time() {
    let slow = |world, times| match world {
        Seen::Broken => right(world, times),
        Seen::Healthy | Seen::HealthyAgain => WAITS,
    };
    assert_eq!(played(&play(SIMPLE), slow).ended.unwrap(), Verdict::Confirmed);
}

/// What a scenario gets wrong is told before the subject is asked anything.
#[track_caller]
fn is_wrong_by_itself(play: &Play, beat: Beat, kind: MismatchKind) {
    let played = played(play, right);
    let Verdict::Mismatch(mismatch) = played.ended.unwrap() else { panic!("no mismatch") };
    assert_eq!((mismatch.beat, mismatch.kind), (beat, kind), "{mismatch}");
    assert_eq!(played.asked, []);
}

#[test]
fn what_breaks_nothing_is_not_broken() {
    let harmless = Play { faults: Vec::new(), ..play(SIMPLE) };
    is_wrong_by_itself(&harmless, Beat::Broken, MismatchKind::NotBroken);
}

#[test]
fn another_error_than_the_documented_one_is_wrong() {
    let mut other = play(SIMPLE);
    other.expect.error = Some("34513".to_owned());
    is_wrong_by_itself(&other, Beat::Broken, MismatchKind::WrongError);
}

#[test]
fn a_cure_for_something_else_repairs_nothing() {
    let stuck = Play { cures: play("agent-service-stopped").cures, ..play(SIMPLE) };
    is_wrong_by_itself(&stuck, Beat::HealthyAgain, MismatchKind::NotRepaired);
}

/// The service is stopped already when it is stopped once more.
#[test]
fn a_fault_that_changes_nothing_leaves_a_doubt() {
    let mut twice = play(SIMPLE);
    twice.faults.extend(play(SIMPLE).faults);
    let ended = played(&twice, right).ended.unwrap();
    let Verdict::Inconclusive { reason } = ended else { panic!("{ended}") };
    let (fault, footprint) = ("service-stopped".to_owned(), Vec::new());
    assert_eq!(reason, InconclusiveReason::NeverRead { fault, footprint });
}

/// Besides what breaks the operation, something is changed that it reads and does not mind.
#[test]
fn a_fault_that_is_read_and_blocks_nothing_leaves_a_doubt() {
    let mut both = play("activation-kek-missing");
    both.faults.extend(play("scratch-volume-with-just-enough-space").faults);
    let (ended, _) = played_by(&RustSubject::new("reference", ReferenceCore), &both, 1);
    let reason = InconclusiveReason::NeverBlocked { fault: "volume-free".to_owned() };
    assert_eq!(ended.unwrap(), Verdict::Inconclusive { reason });
}

#[test]
fn a_broken_world_can_be_kept() {
    let subject = scripted(right);
    let options = Options { keep: Keep::BrokenWorld, ..memory(1) };
    let mut kept = None;
    let ended = play_alone(&play(SIMPLE), &subject, &options, |progress| {
        if let Progress::Kept(folder) = progress {
            kept = Some(folder);
        }
    });
    let folder = kept.unwrap();
    let world = std::fs::read_to_string(folder.join("world.json")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(ended.unwrap(), Verdict::Confirmed);
    assert!(world.contains("MSiSCSI"));
}

#[test]
fn the_roles_are_drawn_plain_or_given() {
    let cast = |casting| Options { casting, ..memory(7) }.cast();
    assert_eq!(cast(Casting::Plain), Cast::plain());
    assert_eq!(cast(Casting::Drawn), Cast::drawn(7));
    let given = Cast { machine: Name::new("GIVEN"), ..Cast::plain() };
    assert_eq!(cast(Casting::Of(Box::new(given.clone()))), given);
    assert_ne!(Cast::drawn(7), Cast::drawn(8));
}

/// In a control, silence is right about its world and wrong about its twin's.
#[test]
fn silence_confirms_no_control() {
    for control in corpus::plays().filter(|play| play.kind() == PlayKind::Control).take(8) {
        let played = played(control, |_, _| NOTHING);
        let Verdict::Mismatch(mismatch) = played.ended.unwrap() else { panic!("no mismatch") };
        let (beat, kind) = (Beat::Diagnosed, MismatchKind::NotFound);
        assert_eq!((mismatch.beat, mismatch.kind), (beat, kind), "{}", control.name);
        let twin = played.beats.iter().find_map(|beat| beat.twin.as_ref());
        assert_eq!(twin, control.twin.as_ref(), "{}", control.name);
        let (_, first) = &played.asked[0];
        assert!(played.asked.iter().all(|(_, told)| told == first), "{}", control.name);
    }
}

/// The reference core, and what it was told.
#[derive(Default)]
struct Listener(Mutex<Vec<Complaint>>);

#[async_trait]
impl SubjectRunner for Listener {
    fn name(&self) -> String {
        "listener".to_owned()
    }

    async fn diagnose(
        &self,
        told: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        self.0.lock().unwrap().push(told.clone());
        ReferenceCore.diagnose(told, &live.host()).await
    }
}

/// In place of what the console shows, which is judged all the same.
#[test]
fn own_words_are_told_in_every_ask_of_a_play_and_of_its_twin() {
    let [japanese, missing] = ["told-in-japanese", "passphrase-kek-missing"].map(play);
    let compound = compose(&[&missing, &japanese]).unwrap();
    let names = ["told-although-nothing-is-wrong", "told-that-nothing-is-shown"].map(play);
    for of in names.into_iter().chain([japanese, compound]) {
        let listener = Listener::default();
        let (ended, beats) = played_by(&listener, &of, 5);
        assert_eq!(ended.unwrap(), Verdict::Confirmed, "{}", of.name);
        let told = listener.0.into_inner().unwrap();
        let own = of.own_words().unwrap();
        assert!(told.iter().all(|it| it.message == own), "{}: {told:?}", of.name);
        assert!(!own.contains('{') && told.len() > 3, "{}: {told:?}", of.name);
        for beat in beats {
            let is_told = beat.beat == Beat::Diagnosed;
            assert_eq!(beat.complaint.as_deref(), is_told.then_some(own), "{}", of.name);
        }
    }
}

/// What the logs tell does not depend on whether the world is broken.
#[test]
fn every_past_is_shown_of_healthy_worlds_and_of_broken_ones() {
    let mut shown = BTreeSet::new();
    for seed in 0..24 {
        let beats = played_with(&play(SIMPLE), seed, right).beats;
        let pasts: BTreeSet<Past> = beats.iter().filter_map(|beat| beat.past).collect();
        assert_eq!(pasts.len(), 1, "a log tells one world of the play from another");
        shown.extend(beats.iter().filter_map(|beat| Some((beat.beat, beat.past?))));
    }
    for beat in [Beat::Healthy, Beat::Diagnosed, Beat::HealthyAgain] {
        for past in Past::ALL {
            assert!(shown.contains(&(beat, past)), "{beat} never shows {}", past.name());
        }
    }
}

#[test]
fn a_fault_that_does_not_fit_its_world_is_no_verdict() {
    let bare = Play { given: Vec::new(), ..play("proxy-authentication-required") };
    let played = played(&bare, right);
    let Err(PlayError::NotApplicable { name, .. }) = played.ended else {
        panic!("{:?}", played.ended)
    };
    assert_eq!(name, "proxy-asks");
    assert!(played.beats.is_empty());
}
