//! What is wrong with a scenario file, and where.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use toml::de::DeValue;

/// One mistake in a scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
    sort: Sort,
}

/// What becomes of a problem in a file that is not even TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// The file is no TOML there.
    Syntax,
    /// The value that stands there is wrong, whatever else is.
    Wrong,
    /// Something is not there, or not where it belongs: perhaps only because of a mistake in the syntax.
    Structure,
}

impl Problem {
    /// The text is not TOML.
    pub fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Syntax }
    }

    /// What stands at `span` is wrong.
    pub fn wrong(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Wrong }
    }

    /// Something is missing in what stands at `span`, or that has no place there.
    pub fn structure(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Structure }
    }

    /// Says in which case of the scenario the problem arises.
    #[must_use]
    pub fn in_case(mut self, case: &str) -> Self {
        self.message = format!("in the case `{}`: {}", quote(case), self.message);
        self
    }

    /// Adds what would be right.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Everything that is wrong with a scenario file, in order of the places; never nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    file: String,
    text: String,
    list: Vec<Problem>,
}

/// How a text is made for its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Without escape sequences.
    Plain,
    /// With the escape sequences of a terminal.
    Colour,
}

impl Problems {
    /// Collects the problems of a file. Repetitions are dropped; where the file is not even TOML, so is what may only
    /// follow from that.
    pub fn new(file: &str, text: &str, mut list: Vec<Problem>) -> Self {
        if list.iter().any(|problem| problem.sort == Sort::Syntax) {
            list.retain(|problem| problem.sort != Sort::Structure);
        }
        for problem in &mut list {
            problem.span = within(text, &problem.span);
        }
        let mut seen = BTreeSet::new();
        list.retain(|problem| {
            seen.insert((problem.span.start, problem.span.end, problem.message.clone()))
        });
        list.sort_by_key(|problem| (problem.span.start, problem.span.end));
        Self { file: file.to_owned(), text: text.to_owned(), list }
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The problems with line, column and underlined text, for a person.
    pub fn render(&self, paint: Paint) -> String {
        let renderer = match paint {
            Paint::Plain => Renderer::plain(),
            Paint::Colour => Renderer::styled(),
        };
        let shown = self.list.iter().take(SHOWN_MAX);
        let mut parts: Vec<String> =
            shown.map(|problem| self.render_one(&renderer, problem)).collect();
        if let Some(more) = self.list.len().checked_sub(SHOWN_MAX).filter(|more| *more > 0) {
            parts.push(format!("and {more} more"));
        }
        parts.join("\n\n")
    }

    /// Shows the line on which a problem begins, so that a large file costs no more than a small one.
    fn render_one(&self, renderer: &Renderer, problem: &Problem) -> String {
        let before = self.text.get(..problem.span.start).unwrap_or_default();
        let line_number = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = line_start + SHOWN_LINE_BYTES_MAX;
        let line = within(&self.text, &(line_start..line_end));
        let line = self.text.get(line).unwrap_or_default().split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let group = Level::ERROR.primary_title(&problem.message);
        let mut group = if problem.span.start <= line_end {
            let in_line = |at: usize| (at - line_start).min(line.len());
            let span = in_line(problem.span.start)..in_line(problem.span.end);
            let snippet = Snippet::source(line).path(quote(&self.file)).line_start(line_number);
            group.element(snippet.annotation(AnnotationKind::Primary.span(span)))
        } else {
            let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
            group.element(Origin::path(quote(&self.file)).line(line_number).char_column(column))
        };
        if let Some(hint) = &problem.hint {
            group = group.element(Level::HELP.with_name(Some("hint")).message(hint));
        }
        renderer.render(&[group])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Paint::Plain))
    }
}

impl Error for Problems {}

/// The candidate that somebody who wrote `word` most likely meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > WORD_CHARS_MAX {
        return None;
    }
    let word = word.to_lowercase();
    let rank = |candidate: &'a str| {
        let lower = candidate.to_lowercase();
        let shared = word.chars().zip(lower.chars()).take_while(|(one, two)| one == two).count();
        (strsim::damerau_levenshtein(&word, &lower), Reverse(shared), candidate)
    };
    let (distance, _, best) = candidates.into_iter().map(rank).min()?;
    (distance <= (length / 3).max(1)).then_some(best)
}

/// `a, b and c`, each in backticks.
pub fn list(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> =
        names.iter().map(|name| format!("`{}`", quote(name.as_ref()))).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// A text from a file as it may stand in a message: short and without control characters.
pub fn quote(text: &str) -> String {
    shorten(text, QUOTED_CHARS_MAX)
}

/// The beginning of a text, on one line and without control characters.
pub fn shorten(text: &str, chars_max: usize) -> String {
    let plain = |c: char| match c {
        '\n' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let mut shown: String = text.trim().chars().take(chars_max).map(plain).collect();
    if text.trim().chars().nth(chars_max).is_some() {
        shown.push('…');
    }
    shown
}

/// What a value is, for "expected …, found …".
pub fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The part of a span that lies in the text and does not cut a character.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start.min(text.len()));
    start..floor(span.end.min(text.len())).max(start)
}

/// A terminal's worth: who has made more mistakes corrects these first.
pub const SHOWN_MAX: usize = 100;

/// A longer line was not written by a person; what stands further to the right is named, but not shown.
const SHOWN_LINE_BYTES_MAX: usize = 2000;

/// No name in a scenario file is longer; the distance of longer words would be slow to find.
const WORD_CHARS_MAX: usize = 64;

/// Enough to recognise what was written.
const QUOTED_CHARS_MAX: usize = 80;

#[cfg(test)]
mod tests;
