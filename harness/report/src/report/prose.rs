//! Prose on a terminal: headings, wrapped paragraphs and quoted lines.

use std::io::{self, Write};

use anstyle::Style;
use marslab_model::world::Language;
use marslab_model::{Diagnosis, Finding, Level, Unexplained};
use marslab_scenario::scenario::Paint;
use marslab_scenario::told;

use super::changes::Paths;
use super::frame::Frame;
use super::paint::{ASIDE, HEADING, UNSURE, clean, painted};
use super::wrap::wrapped;

/// How prose is written.
#[derive(Clone, Copy, Debug)]
pub struct ProseStyle {
    /// Whether it is coloured.
    pub paint: Paint,
    /// The most columns of a line.
    pub columns: usize,
    /// The language of titles and steps.
    pub language: Language,
    /// Whether to show the paths of changed fields, and all of the traffic.
    pub paths: Paths,
}

impl ProseStyle {
    /// In English, without colours, at a common width.
    pub const fn plain() -> Self {
        let (paint, language) = (Paint::Plain, Language::English);
        Self { paint, columns: COLUMNS, language, paths: Paths::LeftOut }
    }
}

/// Writes prose.
pub struct Prose<'a> {
    out: &'a mut dyn Write,
    pub(super) style: ProseStyle,
}

impl<'a> Prose<'a> {
    /// Writes to `out`.
    pub fn new(out: &'a mut dyn Write, style: ProseStyle) -> Self {
        Self { out, style }
    }

    /// What is said around it.
    pub const fn frame(&self) -> Frame {
        Frame::of(self.style.language)
    }

    /// What a subject said.
    pub fn diagnosis(&mut self, diagnosis: &Diagnosis) -> io::Result<()> {
        let frame = self.frame();
        if diagnosis.findings.is_empty() {
            self.say(1, &frame.finds_nothing())?;
        }
        diagnosis.findings.iter().try_for_each(|finding| self.finding(finding))?;
        let unchecked = diagnosis.unchecked.iter();
        let unchecked: Vec<String> =
            unchecked.map(|it| format!("{}: {}", it.what, it.because)).collect();
        self.lines(&frame.not_checked(), &unchecked)?;
        match &diagnosis.unexplained {
            Some(Unexplained { step, because }) => {
                let line = frame.cannot_explain(&format!("`{step}`"), because);
                self.say_in(UNSURE, 1, &self.ended(&line))
            }
            None => Ok(()),
        }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let frame = self.frame();
        let mut found = format!("`{}`", finding.cause);
        if let Some(about) = &finding.about {
            found = frame.about(&found, about);
        }
        if let Some(title) = told::cause(self.style.language, &finding.cause) {
            found = frame.titled(&found, &title);
        }
        let line = match finding.level {
            Level::Cause => frame.finds(&found),
            Level::Advice => frame.advises(&found),
        };
        self.say_in(UNSURE, 1, &self.ended(&line))?;
        self.lines(&frame.evidence(), &finding.evidence)?;
        match &finding.remedy {
            Some(remedy) => {
                let mut what = format!("`{remedy}`");
                if let Some(text) = told::remedy(self.style.language, remedy) {
                    what = frame.titled(&what, &text.title);
                }
                self.say(1, &self.ended(&frame.recommends(&what)))
            }
            None => Ok(()),
        }
    }

    /// A sentence with its full stop.
    pub fn ended(&self, text: &str) -> String {
        let is_ended = match self.style.language {
            Language::English => false,
            _ => text.ends_with(['.', '。']),
        };
        let stop = self.style.language.pick([".", "。", ".", "。"]);
        if is_ended { text.to_owned() } else { format!("{text}{stop}") }
    }

    /// What a remedy is called, and its steps.
    pub fn remedy(&mut self, id: &str) -> io::Result<()> {
        let frame = self.frame();
        let Some(text) = told::remedy(self.style.language, id) else {
            return self.say(1, &self.ended(&frame.remedy(&id)));
        };
        let line = frame.titled(&frame.remedy(&id), &text.title);
        self.say(1, &self.ended(&line))?;
        self.steps(2, text.steps)
    }

    /// A numbered list.
    pub fn steps(&mut self, depth: usize, steps: &[String]) -> io::Result<()> {
        let mut steps = steps.iter().enumerate();
        steps.try_for_each(|(index, step)| self.hanging(depth, &format!("{}. ", index + 1), step))
    }

    /// A blank line.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", painted(self.style.paint, HEADING, &clean(text)))
    }

    /// A paragraph of prose, wrapped.
    pub fn say(&mut self, depth: usize, text: &str) -> io::Result<()> {
        self.say_in(Style::new(), depth, text)
    }

    /// A paragraph with the result of a beat.
    pub(super) fn say_in(&mut self, style: Style, depth: usize, text: &str) -> io::Result<()> {
        let indent = depth * 2;
        let lines = wrapped(&clean(text), self.style.columns.saturating_sub(indent));
        lines.iter().try_for_each(|line| {
            writeln!(self.out, "{:indent$}{}", "", painted(self.style.paint, style, line))
        })
    }

    /// A paragraph whose first line begins with a mark, which the others leave room for.
    fn hanging(&mut self, depth: usize, mark: &str, text: &str) -> io::Result<()> {
        let indent = depth * 2;
        let columns = self.style.columns.saturating_sub(indent + mark.len());
        let mut mark = mark.to_owned();
        for line in wrapped(&clean(text), columns) {
            writeln!(self.out, "{:indent$}{mark}{line}", "")?;
            mark = " ".repeat(mark.len());
        }
        Ok(())
    }

    /// Writes what was said so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Quoted lines; nothing if there are none.
    pub fn lines(&mut self, intro: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.say(1, intro)?;
        for line in lines.iter().take(LINES_MAX) {
            let bar = painted(self.style.paint, ASIDE, "|");
            let columns = self.style.columns.saturating_sub(QUOTED_AT);
            for line in wrapped(&clean(line).replace('\n', " "), columns) {
                writeln!(self.out, "    {bar} {line}")?;
            }
        }
        match lines.len().checked_sub(LINES_MAX).filter(|more| *more > 0) {
            Some(more) => writeln!(self.out, "    {}", self.frame().and_more(&more)),
            None => Ok(()),
        }
    }
}

/// Where quoted lines begin.
const QUOTED_AT: usize = 6;

/// Fits beside another window on a screen.
const COLUMNS: usize = 100;

/// More lines are not read.
const LINES_MAX: usize = 40;
