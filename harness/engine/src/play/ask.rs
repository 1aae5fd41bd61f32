//! What passes between a play and its subject.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::SignedDuration;
use marslab_live::{Live, Snapshot};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, FieldPath, Finding, Unchecked};
use marslab_scenario::catalogue::AreaId;

use super::areas::unchecked;
use super::draw::Draw;
use super::scene::Scene;
use super::{Performance, PlayError, Progress, Stop, no_trouble};
use crate::event::{AskRecord, Expected};
use crate::judge;
use crate::subject_runner::SubjectRunner;
use crate::trace::{Trace, TracedLive};
use crate::verdict::{Beat, Mismatch, MismatchKind};

/// What a subject said of a world each time that it was asked: nothing, if it was not asked.
pub(super) type Answers = Vec<Answer>;

/// What a subject said of a world, and what it had asked of it.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) said: Result<Diagnosis, Mismatch>,
    /// The areas, of those that it left unchecked, that are out of reach.
    pub(super) out_of_reach: BTreeSet<AreaId>,
    pub(super) trace: Arc<Trace>,
}

/// What a subject is asked about a world, which it then has for itself.
pub(super) struct Question<'a> {
    pub(super) beat: Beat,
    pub(super) about: &'a Snapshot,
    /// Tells the worlds of the play apart: what is drawn in one is not drawn in another.
    pub(super) number: usize,
    pub(super) expected: Expected,
    pub(super) complaint: &'a Complaint,
}

impl Performance<'_> {
    /// Asks about every scene that is shown, each time in a world of its own: in an order that is drawn, and more than
    /// once about some of which something must be said, and of which nothing may be said. Ends with the first answer that
    /// is none.
    pub(super) async fn ask_all(
        &mut self,
        scenes: &[Scene],
        complaint: &Complaint,
    ) -> Result<Vec<Answers>, Stop> {
        let shown = |index: &usize| scenes.get(*index).and_then(|scene| scene.shown.as_ref());
        let all: Vec<usize> = (0..scenes.len()).filter(|index| shown(index).is_some()).collect();
        let mut draw = Draw::new(self.options.seed, &self.play.name, "order");
        let mut order = all.clone();
        for says_something in [false, true] {
            let is_kind = |index: &usize| {
                shown(index).is_some_and(|it| it.expects.is_any() == says_something)
            };
            let of_kind: Vec<usize> = all.iter().copied().filter(is_kind).collect();
            // How often is drawn, too: otherwise answers by their number alone would be right too often.
            for _ in 0..=draw.below(2) {
                order.extend(draw.one_of(&of_kind));
            }
        }
        draw.shuffle(&mut order);
        let mut answers = vec![Answers::new(); scenes.len()];
        for index in order {
            let Some((scene, shown)) = scenes.get(index).zip(shown(&index)) else { continue };
            let (about, number) = (&shown.snapshot, index);
            let (beat, expected) = (scene.record.beat, shown.expects.expected());
            let question = Question { beat, about, number, expected, complaint };
            let answer = self.ask(&question).await?;
            let is_none = answer.said.is_err();
            answers.get_mut(index).into_iter().for_each(|it| it.push(answer.clone()));
            if is_none {
                break;
            }
        }
        Ok(answers)
    }

    /// Asks the subject, and checks that it changes nothing in the world.
    ///
    /// A subject that may remember earlier asks is sometimes asked again without its memory, about the same world.
    pub(super) async fn ask(&mut self, question: &Question<'_>) -> Result<Answer, Stop> {
        let answer = self.put(question, self.subject).await?;
        let Ok(said) = &answer.said else { return Ok(answer) };
        let Some(fresh) = self.subject.afresh() else { return Ok(answer) };
        if self.repeats.below(ASKS_PER_REPEAT) > 0 {
            return Ok(answer);
        }
        let again = self.put(question, fresh).await?;
        let Ok(other) = &again.said else { return Ok(again) };
        let same = is_same(question.beat, said, other);
        let same = same.map_err(|odd| odd.with_stderr(&answer.trace));
        Ok(Answer { said: same.and(answer.said), ..answer })
    }

    async fn put(
        &mut self,
        question: &Question<'_>,
        subject: &dyn SubjectRunner,
    ) -> Result<Answer, Stop> {
        let Question { beat, about, number, complaint, .. } = *question;
        let live = Live::resume(about.clone(), &self.start(instance(number)))?;
        let before = live.snapshot()?;
        // The complaint names the machine at which the administrator works.
        let complaint = Complaint { machine: about.machine.clone(), ..complaint.clone() };
        let traced = TracedLive::new(&live);
        let said = subject.diagnose(&complaint, &traced).await;
        let trace = Arc::new(traced.end());
        no_trouble(&live)?;
        if let Err(SubjectError::NotStarted(reason)) = &said {
            // It was started before the run; what is missing now is missing on this machine.
            return Err(PlayError::Machine(format!("cannot start the subject: {reason}")).into());
        }
        let mut after = live.snapshot()?;
        let took = after.now.duration_since(before.now);
        // Looking may take world time: an unanswered connection attempt times out.
        after.now = before.now;
        let changed = before.differences_from(&after);
        let odd = |kind, expected: &str, seen| Mismatch {
            beat,
            kind,
            expected: expected.to_owned(),
            seen,
            nearest: None,
            stderr: trace.stderr.clone(),
        };
        let said = if changed.is_empty() {
            let (kind, expected) = (MismatchKind::SubjectFailed, "the subject gives a diagnosis");
            said.map_err(|error| odd(kind, expected, error.to_string()))
        } else {
            let seen = changed.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("`, `");
            let kind = MismatchKind::SubjectChangedTheWorld;
            Err(odd(kind, "the subject does not change the world", format!("it changed `{seen}`")))
        };
        let unchecked = said.iter().flat_map(unchecked);
        let out_of_reach = self.out_of_reach(about, unchecked).await?;
        let answer = Answer { said, out_of_reach, trace };
        self.tell_ask(question, &answer, took);
        Ok(answer)
    }

    fn tell_ask(&mut self, of: &Question<'_>, answer: &Answer, took: SignedDuration) {
        (self.tell)(Progress::Ask(Box::new(AskRecord {
            beat: of.beat,
            world: of.number,
            seconds: took.as_secs(),
            expected: of.expected.clone(),
            said: answer.said.as_ref().ok().cloned(),
            out_of_reach: answer.out_of_reach.clone(),
            trace: Arc::clone(&answer.trace),
        })));
    }
}

/// The number of the world in which the subject is asked about the world with this number in the play. What is drawn in one
/// is not drawn in another.
pub(super) fn instance(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).saturating_add(ASKS)
}

/// A subject must not answer otherwise because of what it was asked before.
fn is_same(beat: Beat, said: &Diagnosis, fresh: &Diagnosis) -> Result<(), Mismatch> {
    if substance(said) == substance(fresh) {
        return Ok(());
    }
    let fresh = judge::describe_diagnosis(fresh);
    Err(inconsistent(beat, format!("the answer of a fresh process: {fresh}"), said))
}

/// A subject that is asked twice about one world must say the same. Its words for people are not compared.
pub(super) fn is_consistent(beat: Beat, answers: &[Answer]) -> Result<(), Mismatch> {
    let mut said = answers.iter().filter_map(|it| Some((it.said.as_ref().ok()?, &it.trace)));
    let Some((first, _)) = said.next() else { return Ok(()) };
    let Some((other, asked)) = said.find(|(other, _)| substance(other) != substance(first)) else {
        return Ok(());
    };
    let first = judge::describe_diagnosis(first);
    let expected = format!("the same answer about the same world: {first}");
    Err(inconsistent(beat, expected, other).with_stderr(asked))
}

fn inconsistent(beat: Beat, expected: String, seen: &Diagnosis) -> Mismatch {
    let seen = judge::describe_diagnosis(seen);
    Mismatch { beat, kind: MismatchKind::Inconsistent, expected, seen, nearest: None, stderr: None }
}

/// What is compared of a diagnosis, in an order of its own.
fn substance(of: &Diagnosis) -> (Vec<Finding>, Vec<&str>, Option<&str>) {
    let bare = |finding: &Finding| Finding { evidence: Vec::new(), ..finding.clone() };
    let mut findings: Vec<Finding> = of.findings.iter().map(bare).collect();
    findings.sort();
    let mut unchecked: Vec<&str> =
        of.unchecked.iter().map(|it: &Unchecked| it.what.as_str()).collect();
    unchecked.sort_unstable();
    (findings, unchecked, of.unexplained.as_ref().map(|it| it.step.as_str()))
}

/// The worlds in which the subject is asked are numbered from here on; before are those in which something is done.
const ASKS: u32 = 64;

/// Often enough that a run of some plays repeats something, and rare enough that starting a process costs little.
const ASKS_PER_REPEAT: usize = 20;
