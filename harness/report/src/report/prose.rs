//! Prose on a terminal: headings, wrapped paragraphs and quoted lines.

use std::io::{self, Write};

use anstyle::Style;
use marslab_model::{Diagnosis, Finding, Level, Unexplained};
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::Paint;

use super::paint::{ASIDE, HEADING, UNSURE, clean, painted};

/// Writes prose.
pub struct Prose<'a> {
    out: &'a mut dyn Write,
    paint: Paint,
}

impl<'a> Prose<'a> {
    /// Writes to `out`.
    pub fn new(out: &'a mut dyn Write, paint: Paint) -> Self {
        Self { out, paint }
    }

    /// What a subject said.
    pub fn diagnosis(&mut self, diagnosis: &Diagnosis) -> io::Result<()> {
        if diagnosis.findings.is_empty() {
            self.say(1, "The subject finds nothing.")?;
        }
        diagnosis.findings.iter().try_for_each(|finding| self.finding(finding))?;
        let unchecked = diagnosis.unchecked.iter();
        let unchecked: Vec<String> =
            unchecked.map(|it| format!("{}: {}", it.what, it.because)).collect();
        self.lines("Not checked:", &unchecked)?;
        match &diagnosis.unexplained {
            Some(Unexplained { step, because }) => {
                let text = format!("The subject cannot explain a failure at `{step}`: {because}.");
                self.say_in(UNSURE, 1, &text)
            }
            None => Ok(()),
        }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let cause = Catalogue::known().cause(&finding.cause);
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

    /// A blank line.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", painted(self.paint, HEADING, &clean(text)))
    }

    /// A paragraph of prose, wrapped.
    pub fn say(&mut self, depth: usize, text: &str) -> io::Result<()> {
        self.say_in(Style::new(), depth, text)
    }

    /// A paragraph with the result of a beat.
    pub(super) fn say_in(&mut self, style: Style, depth: usize, text: &str) -> io::Result<()> {
        let indent = depth * 2;
        let lines = wrapped(&clean(text), COLUMNS - indent);
        lines.iter().try_for_each(|line| {
            writeln!(self.out, "{:indent$}{}", "", painted(self.paint, style, line))
        })
    }

    /// Quoted lines; nothing if there are none.
    pub fn lines(&mut self, intro: &str, lines: &[String]) -> io::Result<()> {
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

/// More lines are not read.
const LINES_MAX: usize = 40;
