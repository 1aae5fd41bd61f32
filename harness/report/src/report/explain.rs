//! `--explain`: the beats of a play, step by step.
//!
//! For training, and for finding out why a play ended as it did: what was set up, what the operation does, what broke,
//! what the console shows, the network traffic, what the subject found and why, and how the failure was cured. What is said
//! around that is in `frame`.

use std::cmp::Reverse;
use std::io::{self, Write};

use marslab_model::Outcome;
use marslab_model::world::Language;

use super::PlayStory;
use super::changes::Paths;
use super::frame::Frame;
use super::paint::{BAD, GOOD};
use super::prose::{Prose, ProseStyle};
use super::{changes, traffic};
use marslab_engine::event::{AppliedChange, BeatRecord, PlayInfo};
use marslab_engine::play::trial::Trial;
use marslab_engine::trace::Trace;
use marslab_engine::verdict::Beat;
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
    teller.prose.lines(&teller.frame().never_read(), &unread)?;
    teller.prose.blank()?;
    teller.beat(&trial.diagnosed)?;
    let complaint: Vec<String> = trial.complaint.message.lines().map(str::to_owned).collect();
    teller.prose.lines(&teller.frame().complaint_was(), &complaint)?;
    match &trial.odd {
        Some(odd) => {
            let line = teller.prose.ended(&teller.frame().no_diagnosis(&odd.seen));
            teller.prose.say_in(BAD, 1, &line)
        }
        None => Ok(()),
    }
}

struct Teller<'a> {
    prose: Prose<'a>,
    play: &'a PlayInfo,
}

impl Teller<'_> {
    const fn frame(&self) -> Frame {
        self.prose.frame()
    }

    fn introduction(&mut self) -> io::Result<()> {
        let (play, language) = (self.play, self.prose.style.language);
        let failure = play.failure.as_deref();
        let title = told::titled(language, failure, &play.title);
        self.prose.heading(&format!("{}: {title}", play.name))?;
        let row = failure.and_then(|id| Catalogue::known().failure(id));
        let section = row.and_then(|row| told::section(language, row.section.as_str()));
        if let Some((row, section)) = row.zip(section) {
            let place = self.frame().documented(&play.article, &section);
            // In another language it is in the title.
            let line = match language {
                Language::English => format!("{place}: {}", row.problem),
                _ => self.prose.ended(&place),
            };
            self.prose.say(1, &line)?;
        }
        self.frame().kind(play.kind).map_or(Ok(()), |kind| self.prose.say(1, &kind))
    }

    fn beat(&mut self, beat: &BeatRecord) -> io::Result<()> {
        let frame = self.frame();
        let name = frame.beat(beat.beat, self.play.kind);
        self.prose.heading(&format!("{} {name}", beat.beat.number()))?;
        match beat.beat {
            Beat::Healthy => {
                let task = frame.task(self.play.operation);
                self.prose.say(1, &frame.nothing_is_broken(&task))?;
            }
            Beat::Broken => beat.done.iter().try_for_each(|applied| self.fault(applied))?,
            Beat::Diagnosed => {
                self.prose.say(1, &frame.receives_the_complaint())?;
                let words = beat.complaint.as_deref().unwrap_or_default();
                let words: Vec<String> = words.lines().map(str::to_owned).collect();
                self.prose.lines(&frame.customer_says(), &words)?;
            }
            Beat::Repaired => beat.done.iter().try_for_each(|applied| self.remedy(applied))?,
            Beat::HealthyAgain => self.prose.say(1, &frame.tries_again())?,
        }
        if let Some(outcome) = &beat.outcome {
            self.outcome(outcome)?;
            self.step(beat.stopped_at)?;
            self.traffic(&beat.wire)?;
            self.prose.lines(&frame.blocking(), &beat.in_the_way)?;
        }
        beat.trace.iter().try_for_each(|trace| {
            let line = self.prose.ended(&asked(trace, frame));
            self.prose.say(1, &line)
        })?;
        beat.diagnosis.iter().try_for_each(|diagnosis| self.prose.diagnosis(diagnosis))
    }

    fn fault(&mut self, applied: &AppliedChange) -> io::Result<()> {
        let frame = self.frame();
        let summary = told::fault(self.prose.style.language, &applied.name).unwrap_or_default();
        let line = frame.titled(&frame.fault(&applied.name), &summary);
        let line = self.prose.ended(&line);
        self.prose.say(1, &line)?;
        self.changed(applied)?;
        match (applied.read.len(), applied.changed.len()) {
            (0, _) => Ok(()),
            (read, all) if read == all => self.prose.say(1, &frame.reads_that()),
            (read, all) => {
                self.prose.say(1, &frame.reads_some(&read, &all))?;
                let paths = if self.tells_paths() { &applied.read[..] } else { &[] };
                self.prose.lines(&frame.read_by(), paths)
            }
        }
    }

    fn tells_paths(&self) -> bool {
        self.prose.style.paths == Paths::Told
    }

    /// What a fault or a remedy changed.
    fn changed(&mut self, applied: &AppliedChange) -> io::Result<()> {
        let ProseStyle { paths, language, .. } = self.prose.style;
        let changes = changes::list(&applied.fields, paths, language);
        self.prose.lines(&self.frame().what_changes(), &changes)
    }

    /// The traffic: all of it, or what went wrong.
    fn traffic(&mut self, lines: &[String]) -> io::Result<()> {
        let bad: Vec<String> =
            lines.iter().filter(|line| !traffic::is_good(line)).cloned().collect();
        let frame = self.frame();
        if self.tells_paths() || lines.len() <= TRAFFIC_LINES {
            return self.prose.lines(&frame.traffic(), lines);
        }
        match bad.len() {
            0 => self.prose.say(1, &frame.traffic_is_good(&lines.len())),
            count => self.prose.lines(&frame.traffic_is_bad(&lines.len(), &count), &bad),
        }
    }

    fn remedy(&mut self, applied: &AppliedChange) -> io::Result<()> {
        self.prose.remedy(&applied.name)?;
        self.changed(applied)
    }

    fn outcome(&mut self, outcome: &Outcome) -> io::Result<()> {
        let (frame, operation) = (self.frame(), self.play.operation);
        match outcome {
            Outcome::Succeeded => self.prose.say_in(GOOD, 1, &frame.succeeds(&operation)),
            Outcome::Failed(symptom) => {
                self.prose.say_in(BAD, 1, &frame.fails(&operation, &symptom.error))?;
                let shown: Vec<String> = symptom.message.lines().map(str::to_owned).collect();
                self.prose.lines(&frame.console_shows(), &shown)
            }
        }
    }

    fn step(&mut self, stopped_at: Option<Step>) -> io::Result<()> {
        let Some(step) = stopped_at else { return Ok(()) };
        let what = told::step(self.prose.style.language, step);
        self.prose.say(1, &self.frame().stops_at(&step, &what))
    }
}

/// What the subject asked, the most frequent calls first.
fn asked(trace: &Trace, frame: Frame) -> String {
    let calls = calls_by_name(trace);
    let more = calls.len().saturating_sub(CALL_NAMES_MAX);
    let mut names: Vec<String> = calls.into_iter().take(CALL_NAMES_MAX).collect();
    if more > 0 {
        names.push(frame.and_other_kinds(&more));
    }
    let names = names.join(", ");
    let asked = match trace.count {
        0 => frame.looks_at_nothing(),
        1 => frame.asks_once(&names),
        2 => frame.asks_twice(&names),
        count => frame.asks(&count, &names),
    };
    if trace.has_folder { frame.has_the_folder(&asked) } else { asked }
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

#[cfg(test)]
mod tests;
