//! `--explain`: the beats of a play, step by step.
//!
//! For training, and for finding out why a play ended as it did: what was set up, what the operation does, what broke,
//! what the console shows, the network traffic, what the subject found and why, and how the failure was cured.

use std::cmp::Reverse;
use std::io::{self, Write};

use marslab_model::Outcome;

use super::PlayStory;
use super::changes::Paths;
use super::paint::{BAD, GOOD};
use super::prose::{Prose, ProseStyle};
use super::{changes, traffic};
use marslab_engine::event::{AppliedChange, BeatRecord, PlayInfo};
use marslab_engine::play::trial::Trial;
use marslab_engine::trace::Trace;
use marslab_engine::verdict::Beat;
use marslab_faults::faults::fault;
use marslab_live::Step;
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::told;

/// Explains the beats of a play; before each, `pause` may wait. For its ending, see
/// [`terminal::play_ended`](super::terminal::play_ended).
pub fn tell(
    out: &mut dyn Write,
    play: &PlayStory,
    style: ProseStyle,
    pause: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let mut teller = Teller { prose: Prose::new(out, style), play: &play.info };
    teller.introduction()?;
    play.beats.iter().try_for_each(|beat| {
        teller.prose.blank()?;
        teller.prose.flush()?;
        pause()?;
        teller.beat(beat)
    })
}

/// Tells of a trial, which has no verdict.
pub fn tell_trial(
    out: &mut dyn Write,
    play: &PlayInfo,
    trial: &Trial,
    style: ProseStyle,
) -> io::Result<()> {
    let play = &PlayInfo { kind: PlayKind::Failure, ..play.clone() };
    let mut teller = Teller { prose: Prose::new(out, style), play };
    teller.beat(&trial.broken)?;
    let unread = trial.broken.done.iter().filter(|fault| fault.read.is_empty());
    let unread: Vec<String> = unread.map(|fault| fault.name.clone()).collect();
    teller.prose.lines("Never read by the operation, so not why it ends as it does:", &unread)?;
    teller.prose.blank()?;
    teller.beat(&trial.diagnosed)?;
    let complaint: Vec<String> = trial.complaint.message.lines().map(str::to_owned).collect();
    teller.prose.lines("The complaint was:", &complaint)?;
    match &trial.odd {
        Some(odd) => teller.prose.say_in(BAD, 1, &format!("There is no diagnosis: {}.", odd.seen)),
        None => Ok(()),
    }
}

struct Teller<'a> {
    prose: Prose<'a>,
    play: &'a PlayInfo,
}

impl Teller<'_> {
    fn introduction(&mut self) -> io::Result<()> {
        let play = self.play;
        self.prose.heading(&format!("{}: {}", play.name, play.title))?;
        let language = self.prose.style.language;
        let row = play.failure.as_ref().and_then(|id| Catalogue::known().failure(id));
        let section = row.and_then(|row| told::section(language, row.section.as_str()));
        if let Some((row, section)) = row.zip(section) {
            let problem = told::failure(language, row.id.as_str()).unwrap_or_default();
            let place = format!("Documented in {} under \"{section}\": {problem}", play.article);
            self.prose.say(1, &place)?;
        }
        match play.kind {
            PlayKind::Failure => Ok(()),
            PlayKind::Check => self.prose.say(
                1,
                "This is a check: the operation succeeds, but the subject should give advice.",
            ),
            PlayKind::Step => {
                self.prose.say(1, "This is a step: only this step cures the failure.")
            }
            PlayKind::Control => {
                self.prose.say(1, "This is a control: something is changed, but nothing is wrong.")
            }
            PlayKind::Compound => self.prose.say(
                1,
                "This is a compound: several things are broken at once and cured one by one.",
            ),
        }
    }

    fn beat(&mut self, beat: &BeatRecord) -> io::Result<()> {
        self.prose.heading(&format!("{} {}", beat.beat.number(), self.title(beat.beat)))?;
        match beat.beat {
            Beat::Healthy => {
                let what = self.play.operation.summary();
                self.prose
                    .say(1, &format!("Nothing is broken. The administrator's task: {what}."))?;
            }
            Beat::Broken => beat.done.iter().try_for_each(|applied| self.fault(applied))?,
            Beat::Diagnosed => {
                self.prose.say(
                    1,
                    "The subject receives the customer's complaint and inspects the machine.",
                )?;
                let words = beat.complaint.as_deref().unwrap_or_default();
                let words: Vec<String> = words.lines().map(str::to_owned).collect();
                self.prose.lines("The customer says:", &words)?;
            }
            Beat::Repaired => beat.done.iter().try_for_each(|applied| self.remedy(applied))?,
            Beat::HealthyAgain => self.prose.say(1, "The administrator tries again.")?,
        }
        if let Some(outcome) = &beat.outcome {
            self.outcome(outcome)?;
            self.step(beat.stopped_at)?;
            self.traffic(&beat.wire)?;
            self.prose.lines(
                "Blocking (without it, the operation would have gone differently):",
                &beat.in_the_way,
            )?;
        }
        beat.trace.iter().try_for_each(|trace| self.prose.say(1, &asked(trace)))?;
        beat.diagnosis.iter().try_for_each(|diagnosis| self.prose.diagnosis(diagnosis))
    }

    /// The title of a beat: nothing breaks in a check or a control.
    const fn title(&self, beat: Beat) -> &'static str {
        match (beat, self.play.kind) {
            (Beat::Broken, PlayKind::Check | PlayKind::Control) => "changed",
            _ => beat.name(),
        }
    }

    fn fault(&mut self, applied: &AppliedChange) -> io::Result<()> {
        let summary = fault(&applied.name).map_or("", |kind| kind.summary);
        self.prose.say(1, &format!("Fault `{}`: {summary}.", applied.name))?;
        self.changed(applied)?;
        match (applied.read.len(), applied.changed.len()) {
            (0, _) => Ok(()),
            (read, all) if read == all => self.prose.say(1, "The operation reads that."),
            (read, all) => {
                self.prose.say(1, &format!("The operation reads {read} of these {all} fields."))?;
                let paths = if self.tells_paths() { &applied.read[..] } else { &[] };
                self.prose.lines("Read by the operation:", paths)
            }
        }
    }

    fn tells_paths(&self) -> bool {
        self.prose.style.paths == Paths::Told
    }

    /// What a fault or a remedy changed.
    fn changed(&mut self, applied: &AppliedChange) -> io::Result<()> {
        self.prose.lines("What changes:", &changes::list(&applied.fields, self.prose.style.paths))
    }

    /// The traffic: all of it, or what went wrong.
    fn traffic(&mut self, lines: &[String]) -> io::Result<()> {
        let bad: Vec<String> =
            lines.iter().filter(|line| !traffic::is_good(line)).cloned().collect();
        if self.tells_paths() || lines.len() <= TRAFFIC_LINES {
            return self.prose.lines("Network traffic:", lines);
        }
        let all = lines.len();
        match bad.len() {
            0 => self.prose.say(1, &format!("Network traffic: {all} lines, nothing refused.")),
            count => {
                let intro = format!("Network traffic: {all} lines, {count} refused or failed:");
                self.prose.lines(&intro, &bad)
            }
        }
    }

    fn remedy(&mut self, applied: &AppliedChange) -> io::Result<()> {
        self.prose.remedy(&applied.name)?;
        self.changed(applied)
    }

    fn outcome(&mut self, outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Succeeded => {
                let line = format!("The operation `{}` succeeds.", self.play.operation);
                self.prose.say_in(GOOD, 1, &line)
            }
            Outcome::Failed(symptom) => {
                let operation = self.play.operation;
                let line =
                    format!("The operation `{operation}` fails with error {}.", symptom.error);
                self.prose.say_in(BAD, 1, &line)?;
                let shown: Vec<String> = symptom.message.lines().map(str::to_owned).collect();
                self.prose.lines("The console shows:", &shown)
            }
        }
    }

    fn step(&mut self, stopped_at: Option<Step>) -> io::Result<()> {
        let Some(step) = stopped_at else { return Ok(()) };
        self.prose.say(1, &format!("It stops at the step `{step}`: {}", step.documentation()))
    }
}

/// What the subject asked, the most frequent calls first.
fn asked(trace: &Trace) -> String {
    let times = match trace.count {
        0 => "The subject looks at nothing".to_owned(),
        1 => "The subject asks once: ".to_owned(),
        2 => "The subject asks twice: ".to_owned(),
        count => format!("The subject asks {count} times: "),
    };
    let calls = calls_by_name(trace);
    let more = calls.len().saturating_sub(CALL_NAMES_MAX);
    let mut names: Vec<String> = calls.into_iter().take(CALL_NAMES_MAX).collect();
    if more > 0 {
        names.push(format!("and {more} other kinds"));
    }
    let folder = if trace.has_folder { "; it got the folder of drive C:" } else { "" };
    format!("{times}{}{folder}.", names.join(", "))
}

/// The names of the calls with their numbers, the most frequent first.
pub(super) fn calls_by_name(trace: &Trace) -> Vec<String> {
    let mut calls: Vec<_> = trace.methods.iter().collect();
    calls.sort_by_key(|(_, count)| Reverse(**count));
    calls.iter().map(|(method, count)| format!("{} {count}", method.replace('_', "-"))).collect()
}

/// So few are no reason to leave any out.
const TRAFFIC_LINES: usize = 4;

/// Fit into two lines.
const CALL_NAMES_MAX: usize = 6;
