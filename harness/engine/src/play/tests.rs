//! What a play makes of a subject, told with one that follows a script.

use std::sync::Mutex;

use async_trait::async_trait;
use marslab_live::{Fidelity, Live};
use marslab_model::subject::SubjectError;
use marslab_model::world::ServiceState;
use marslab_model::{Change, Complaint, Diagnosis, Field, Finding, Level, Outcome};
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;

use super::{Casting, Options, PlayError, Progress};
use crate::event::BeatRecord;
use crate::runner::play_alone;
use crate::subject_runner::SubjectRunner;
use crate::verdict::{Beat, InconclusiveReason, MismatchKind, Verdict};

/// What a subject does when it is asked.
type Answer = fn(&Live) -> Result<Diagnosis, SubjectError>;

/// Gives one answer after the other, whatever the world.
struct Scripted {
    answers: Mutex<Vec<Answer>>,
    complaints: Mutex<Vec<Complaint>>,
}

#[async_trait]
impl SubjectRunner for Scripted {
    fn name(&self) -> String {
        "scripted".to_owned()
    }

    async fn diagnose(&self, told: &Complaint, live: &Live) -> Result<Diagnosis, SubjectError> {
        self.complaints.lock().unwrap().push(told.clone());
        let answer = self.answers.lock().unwrap().remove(0);
        answer(live)
    }
}

/// How a play ended, and what was seen on the way.
struct Played {
    ended: Result<Verdict, PlayError>,
    beats: Vec<BeatRecord>,
    complaints: Vec<Complaint>,
    /// Answers that nobody asked for.
    left: usize,
}

fn played(play: &Play, answers: &[Answer]) -> Played {
    let answers = Mutex::new(answers.to_vec());
    let subject = Scripted { answers, complaints: Mutex::default() };
    let options = Options {
        fidelity: Fidelity::Memory,
        // What a test takes out of a play would come back when it is read again.
        casting: Casting::Plain,
        ..Options::default()
    };
    let mut beats = Vec::new();
    let ended = play_alone(play, &subject, &options, |progress| {
        if let Progress::Beat(beat) = progress {
            beats.push(beat);
        }
    });
    let complaints = subject.complaints.into_inner().unwrap();
    Played { ended, beats, complaints, left: subject.answers.into_inner().unwrap().len() }
}

fn play(name: &str) -> Play {
    corpus::plays().find(|play| play.name == name).unwrap().clone()
}

/// One fault, one cause, one cure: the subject is asked in beats 1, 3 and 5.
const SIMPLE: &str = "iscsi-service-stopped";

fn found(cause: &str, remedy: Option<&str>) -> Finding {
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
const WRONG: Answer = |_| Ok(finding(&["clock-skewed"]));
const BOTH: Answer = |_| Ok(finding(&[SIMPLE, "clock-skewed"]));
const WRONG_REMEDY: Answer = |_| {
    let findings = vec![found(SIMPLE, Some("restart-server"))];
    Ok(Diagnosis { findings, ..Diagnosis::healthy() })
};
const FAILS: Answer = |_| Err(SubjectError::TimedOut { seconds: 1 });
/// Waits for a minute, as who looks at a slow server does.
const WAITS: Answer = |live| {
    live.apply(&Change::Elapse { seconds: 60 }).unwrap();
    Ok(Diagnosis::healthy())
};
const MEDDLES: Answer = |live| {
    let machine = Field::world().machines().at(live.machine_name().clone());
    live.apply(&machine.services().at("VSS").state().set(ServiceState::Stopped)).unwrap();
    Ok(Diagnosis::healthy())
};

#[test]
fn the_beats_come_in_their_order_and_the_subject_is_always_told_the_same() {
    let played = played(&play(SIMPLE), &[NOTHING, RIGHT, NOTHING]);
    assert_eq!(played.ended.unwrap(), Verdict::Confirmed);
    assert_eq!(played.left, 0);
    let beats: Vec<Beat> = played.beats.iter().map(|beat| beat.beat).collect();
    let all = [Beat::Healthy, Beat::Broken, Beat::Diagnosed, Beat::Repaired, Beat::HealthyAgain];
    assert_eq!(beats, all);
    let Some(Outcome::Failed(symptom)) = &played.beats[1].outcome else {
        panic!("{:?}", played.beats[1])
    };
    assert_eq!(played.complaints.len(), 3);
    assert!(played.complaints.iter().all(|told| told.message == symptom.message));
    assert!(played.complaints.iter().all(|told| *told == played.complaints[0]));
}

/// The play ends at the answer that is wrong, and says which and how.
#[track_caller]
fn ends(answers: &[Answer], beat: Beat, kind: MismatchKind) {
    let played = played(&play(SIMPLE), answers);
    let Verdict::Mismatch(mismatch) = played.ended.unwrap() else { panic!("no mismatch") };
    assert_eq!((mismatch.beat, mismatch.kind), (beat, kind), "{mismatch}");
    assert_eq!(played.left, 0, "the subject was not asked for all of its answers");
}

#[test]
fn a_wrong_answer_ends_the_play_in_its_beat() {
    use MismatchKind::{
        FalseFinding, NotFound, SubjectChangedTheWorld, SubjectFailed, WrongRemedy,
    };
    ends(&[RIGHT], Beat::Healthy, FalseFinding);
    ends(&[FAILS], Beat::Healthy, SubjectFailed);
    ends(&[MEDDLES], Beat::Healthy, SubjectChangedTheWorld);
    ends(&[NOTHING, NOTHING], Beat::Diagnosed, NotFound);
    ends(&[NOTHING, WRONG], Beat::Diagnosed, NotFound);
    ends(&[NOTHING, BOTH], Beat::Diagnosed, FalseFinding);
    ends(&[NOTHING, WRONG_REMEDY], Beat::Diagnosed, WrongRemedy);
    ends(&[NOTHING, FAILS], Beat::Diagnosed, SubjectFailed);
    ends(&[NOTHING, MEDDLES], Beat::Diagnosed, SubjectChangedTheWorld);
    ends(&[NOTHING, RIGHT, RIGHT], Beat::HealthyAgain, FalseFinding);
    ends(&[NOTHING, RIGHT, FAILS], Beat::HealthyAgain, SubjectFailed);
    ends(&[NOTHING, RIGHT, MEDDLES], Beat::HealthyAgain, SubjectChangedTheWorld);
}

#[test]
fn looking_may_take_time() {
    let played = played(&play(SIMPLE), &[WAITS, RIGHT, WAITS]);
    assert_eq!(played.ended.unwrap(), Verdict::Confirmed);
}

#[test]
fn what_breaks_nothing_is_not_broken() {
    let harmless = Play { faults: Vec::new(), ..play(SIMPLE) };
    let Verdict::Mismatch(mismatch) = played(&harmless, &[NOTHING]).ended.unwrap() else {
        panic!("no mismatch")
    };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::Broken, MismatchKind::NotBroken));
}

#[test]
fn another_error_than_the_documented_one_is_wrong() {
    let mut other = play(SIMPLE);
    other.expect.error = Some("34513".to_owned());
    let Verdict::Mismatch(mismatch) = played(&other, &[NOTHING]).ended.unwrap() else {
        panic!("no mismatch")
    };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::Broken, MismatchKind::WrongError));
}

#[test]
fn a_cure_for_something_else_repairs_nothing() {
    let stuck = Play { cures: play("agent-service-stopped").cures, ..play(SIMPLE) };
    let Verdict::Mismatch(mismatch) = played(&stuck, &[NOTHING, RIGHT]).ended.unwrap() else {
        panic!("no mismatch")
    };
    assert_eq!((mismatch.beat, mismatch.kind), (Beat::HealthyAgain, MismatchKind::NotRepaired));
}

/// The service is stopped already when it is stopped once more.
#[test]
fn a_fault_that_changes_nothing_leaves_a_doubt() {
    let mut twice = play(SIMPLE);
    twice.faults.extend(play(SIMPLE).faults);
    let ended = played(&twice, &[NOTHING, RIGHT, NOTHING]).ended.unwrap();
    let Verdict::Inconclusive { reason } = ended else { panic!("{ended}") };
    let (fault, footprint) = ("service-stopped".to_owned(), Vec::new());
    assert_eq!(reason, InconclusiveReason::NeverRead { fault, footprint });
}

#[test]
fn a_fault_that_does_not_fit_its_world_is_no_verdict() {
    let bare = Play { given: Vec::new(), ..play("proxy-authentication-required") };
    let played = played(&bare, &[]);
    let Err(PlayError::NotApplicable { name, .. }) = played.ended else {
        panic!("{:?}", played.ended)
    };
    assert_eq!(name, "proxy-asks");
    assert!(played.beats.is_empty());
}
