//! `--explain`: the beats of a play, step by step.
//!
//! For training, and for finding out why a play ended as it did: what was set up, what the operation does, what broke,
//! what the console shows, the network traffic, what the subject found and why, and how the failure was cured.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::Style;
use marslab_model::{Diagnosis, Finding, Level, Outcome};

use super::PlayStory;
use super::paint::{ASIDE, BAD, GOOD, HEADING, UNSURE, clean, painted};
use marslab_actions::faults::fault;
use marslab_engine::event::{AppliedChange, BeatRecord, PlayInfo};
use marslab_engine::trace::Trace;
use marslab_engine::verdict::Beat;
use marslab_live::Step;
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Paint;

/// Explains the beats of a play. For its ending, see [`terminal::play_ended`](super::terminal::play_ended).
pub fn tell(out: &mut dyn Write, play: &PlayStory, paint: Paint) -> io::Result<()> {
    let mut teller = Teller { out, play: &play.info, paint };
    teller.introduction()?;
    play.beats.iter().try_for_each(|beat| teller.beat(beat))
}

struct Teller<'a> {
    out: &'a mut dyn Write,
    play: &'a PlayInfo,
    paint: Paint,
}

impl Teller<'_> {
    fn introduction(&mut self) -> io::Result<()> {
        let play = self.play;
        self.heading(&format!("{}: {}", play.name, play.title))?;
        let row = play.failure.as_ref().and_then(|id| Catalogue::embedded().failure(id));
        let section = row.and_then(|row| Catalogue::embedded().section(row.section.as_str()));
        if let Some((row, section)) = row.zip(section) {
            let article = &play.article;
            let place =
                format!("Documented in {article} under \"{}\": {}", section.title.en, row.problem);
            self.say(1, &place)?;
        }
        match play.kind {
            PlayKind::Failure => Ok(()),
            PlayKind::Check => self.say(
                1,
                "This is a check: the operation succeeds, but the subject should give advice.",
            ),
            PlayKind::Step => self.say(1, "This is a step: only this step cures the failure."),
            PlayKind::Control => {
                self.say(1, "This is a control: something is changed, but nothing is wrong.")
            }
            PlayKind::Compound => self.say(
                1,
                "This is a compound: several things are broken at once and cured one by one.",
            ),
        }
    }

    fn beat(&mut self, beat: &BeatRecord) -> io::Result<()> {
        writeln!(self.out)?;
        self.heading(&format!("{} {}", beat.beat.number(), self.title(beat.beat)))?;
        match beat.beat {
            Beat::Healthy => {
                let what = self.play.operation.summary();
                self.say(1, &format!("Nothing is broken. The administrator's task: {what}."))?;
            }
            Beat::Broken => beat.done.iter().try_for_each(|applied| self.fault(applied))?,
            Beat::Diagnosed => {
                self.say(
                    1,
                    "The subject receives the customer's complaint and inspects the machine.",
                )?;
            }
            Beat::Repaired => beat.done.iter().try_for_each(|applied| self.remedy(applied))?,
            Beat::HealthyAgain => self.say(1, "The administrator tries again.")?,
        }
        if let Some(outcome) = &beat.outcome {
            self.outcome(outcome)?;
            self.step(beat.stopped_at)?;
            self.lines("Network traffic:", &beat.wire)?;
            self.lines(
                "Blocking (without it, the operation would have gone differently):",
                &beat.in_the_way,
            )?;
        }
        beat.trace.iter().try_for_each(|trace| self.say(1, &asked(trace)))?;
        beat.diagnosis.iter().try_for_each(|diagnosis| self.diagnosis(diagnosis))
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
        self.say(1, &format!("Fault `{}`: {summary}.", applied.name))?;
        self.lines("Changed fields:", &applied.changed)?;
        self.lines("Read by the operation:", &applied.read)
    }

    fn remedy(&mut self, applied: &AppliedChange) -> io::Result<()> {
        let remedy = Catalogue::embedded().remedy(&applied.name);
        let title = remedy.map_or("", |remedy| &remedy.title);
        self.say(1, &format!("Remedy `{}`: {title}.", applied.name))?;
        let steps = remedy.map_or(&[][..], |remedy| &remedy.steps);
        for (index, step) in steps.iter().enumerate() {
            self.say(2, &format!("{}. {step}", index + 1))?;
        }
        self.lines("Changed fields:", &applied.changed)
    }

    fn outcome(&mut self, outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Succeeded => {
                let line = format!("The operation `{}` succeeds.", self.play.operation);
                self.say_in(GOOD, 1, &line)
            }
            Outcome::Failed(symptom) => {
                let operation = self.play.operation;
                let line =
                    format!("The operation `{operation}` fails with error {}.", symptom.error);
                self.say_in(BAD, 1, &line)?;
                let shown: Vec<String> = symptom.message.lines().map(str::to_owned).collect();
                self.lines("The console shows:", &shown)
            }
        }
    }

    fn step(&mut self, stopped_at: Option<Step>) -> io::Result<()> {
        let Some(step) = stopped_at else { return Ok(()) };
        self.say(1, &format!("It stops at the step `{step}`: {}", step.documentation()))
    }

    fn diagnosis(&mut self, diagnosis: &Diagnosis) -> io::Result<()> {
        if diagnosis.findings.is_empty() {
            self.say(1, "The subject finds nothing.")?;
        }
        diagnosis.findings.iter().try_for_each(|finding| self.finding(finding))?;
        let unchecked = diagnosis.unchecked.iter();
        let unchecked: Vec<String> =
            unchecked.map(|it| format!("{}: {}", it.what, it.because)).collect();
        self.lines("Not checked:", &unchecked)
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let cause = Catalogue::embedded().cause(&finding.cause);
        let title = cause.map_or(String::new(), |cause| format!(": {}", cause.title));
        let about =
            finding.about.as_ref().map_or(String::new(), |about| format!(", about {about}"));
        let verb = match finding.level {
            Level::Cause => "finds",
            Level::Advice => "gives the advice",
        };
        let line = format!("The subject {verb} `{}`{about}{title}.", finding.cause);
        self.say_in(UNSURE, 1, &line)?;
        self.lines("Evidence:", &finding.evidence)?;
        match &finding.remedy {
            Some(remedy) => self.say(1, &format!("Recommended remedy: `{remedy}`.")),
            None => Ok(()),
        }
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", painted(self.paint, HEADING, &clean(text)))
    }

    /// A paragraph of prose, wrapped.
    fn say(&mut self, depth: usize, text: &str) -> io::Result<()> {
        self.say_in(Style::new(), depth, text)
    }

    /// A paragraph with the result of a beat.
    fn say_in(&mut self, style: Style, depth: usize, text: &str) -> io::Result<()> {
        let indent = depth * 2;
        let lines = wrapped(&clean(text), COLUMNS - indent);
        lines.iter().try_for_each(|line| {
            writeln!(self.out, "{:indent$}{}", "", painted(self.paint, style, line))
        })
    }

    /// Quoted lines; nothing if there are none.
    fn lines(&mut self, intro: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.say(1, intro)?;
        for line in lines.iter().take(LINES_MAX) {
            let line = clean(line).replace('\n', " ");
            writeln!(self.out, "    {} {line}", painted(self.paint, ASIDE, "|"))?;
        }
        match lines.len().checked_sub(LINES_MAX).filter(|more| *more > 0) {
            Some(more) => writeln!(self.out, "    and {more} more"),
            None => Ok(()),
        }
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

/// A text wrapped to lines of at most `columns` characters.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let room = columns.saturating_sub(word.chars().count() + 1);
        match lines.last_mut() {
            Some(line) if line.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Fits beside another window on a screen.
const COLUMNS: usize = 100;

/// Fit into two lines.
const CALL_NAMES_MAX: usize = 6;

/// More lines are not read.
const LINES_MAX: usize = 40;
