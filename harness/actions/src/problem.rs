//! Mistakes in a scenario file, with their positions.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use toml::de::DeValue;

/// A mistake in a scenario file, or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its position in the text, in bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How to correct it.
    pub hint: Option<String>,
    sort: Sort,
}

/// What happens to a problem if the file is not valid TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Invalid TOML.
    Syntax,
    /// A wrong value, whatever else is wrong.
    Wrong,
    /// Something missing or misplaced: perhaps only because of a syntax error.
    Structure,
    /// Something that still works, but should be changed.
    Warning,
}

impl Problem {
    /// Invalid TOML.
    pub fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Syntax }
    }

    /// The value at `span` is wrong.
    pub fn wrong(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Wrong }
    }

    /// Something is missing in the part at `span`, or the part is misplaced.
    pub fn structure(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Structure }
    }

    /// The part at `span` still works, but should be changed.
    pub fn warning(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, sort: Sort::Warning }
    }

    /// Whether it still works.
    pub fn is_warning(&self) -> bool {
        self.sort == Sort::Warning
    }

    /// Adds the case in which the problem occurs.
    #[must_use]
    pub fn in_case(mut self, case: &str) -> Self {
        self.message = format!("in case `{}`: {}", quote(case), self.message);
        self
    }

    /// Adds how to correct it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// All mistakes in a scenario file, in order of position; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    file: String,
    text: String,
    list: Vec<Problem>,
}

/// Whether a text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Without escape sequences.
    Plain,
    /// With the escape sequences of a terminal.
    Colour,
}

impl Problems {
    /// Collects the problems of a file, without duplicates. If the file is not valid TOML, problems that may only result
    /// from that are dropped.
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

    /// The number of problems.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The problems with line, column and underlined text.
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

    /// Shows only the line on which a problem begins, so that a large file costs no more than a small one.
    fn render_one(&self, renderer: &Renderer, problem: &Problem) -> String {
        let before = self.text.get(..problem.span.start).unwrap_or_default();
        let line_number = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = line_start + SHOWN_LINE_BYTES_MAX;
        let line = within(&self.text, &(line_start..line_end));
        let line = self.text.get(line).unwrap_or_default().split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let level = if problem.sort == Sort::Warning { Level::WARNING } else { Level::ERROR };
        let group = level.primary_title(&problem.message);
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

/// The candidates that were most likely meant by `word`: the one that differs in the fewest letters, or else the shortest of
/// those whose words begin with the words that were typed, in this order.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let length = word.chars().count();
    if length > WORD_CHARS_MAX {
        return Vec::new();
    }
    let word = word.to_lowercase();
    let candidates: BTreeSet<&'a str> = candidates.into_iter().collect();
    let rank = |candidate: &&'a str| {
        let lower = candidate.to_lowercase();
        let shared = word.chars().zip(lower.chars()).take_while(|(one, two)| one == two).count();
        (strsim::damerau_levenshtein(&word, &lower), Reverse(shared), *candidate)
    };
    if let Some((distance, _, best)) = candidates.iter().map(rank).min() {
        let longer = length.max(best.chars().count());
        if distance <= (longer / 3).max(1) {
            return vec![best];
        }
    }
    let mut longer: Vec<&str> =
        candidates.into_iter().filter(|it| has_words(&it.to_lowercase(), &word)).collect();
    longer.sort_by_key(|it| it.len());
    let mut shown: Vec<&str> = Vec::new();
    for name in longer {
        // A case is found with its scenario.
        let is_case = |of: &&str| name.strip_prefix(*of).is_some_and(|rest| rest.starts_with('/'));
        if shown.len() < NEAR_MAX && !shown.iter().any(is_case) {
            shown.push(name);
        }
    }
    shown
}

/// Whether some of a name's words begin with the words that were typed, in this order; a long one may have a typing error.
fn has_words(name: &str, typed: &str) -> bool {
    let between = ['-', '/', '_', ' '];
    let mut words = name.split(between);
    let mut typed = typed.split(between).filter(|word| !word.is_empty());
    let is_meant = |typed: &str, word: &str| {
        word.starts_with(typed)
            || strsim::damerau_levenshtein(typed, word) <= typed.chars().count() / 4
    };
    let is_long_enough = typed.clone().map(|word| word.chars().count()).sum::<usize>() >= 3;
    is_long_enough && typed.all(|typed| words.any(|word| is_meant(typed, word)))
}

/// A question for what was most likely meant by `word`, if anything is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let near = near(word, candidates);
    (!near.is_empty()).then(|| format!("did you mean {}?", either(&near)))
}

/// `a, b and c`, each in backticks.
pub fn list(names: &[impl AsRef<str>]) -> String {
    joined(names, "and")
}

/// `a, b or c`, each in backticks.
pub fn either(names: &[impl AsRef<str>]) -> String {
    joined(names, "or")
}

fn joined(names: &[impl AsRef<str>], conjunction: &str) -> String {
    let quoted: Vec<String> =
        names.iter().map(|name| format!("`{}`", quote(name.as_ref()))).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

/// A text from a file for a message: shortened and without control characters.
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

/// The TOML type of a value.
pub fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date-time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// The part of a span that is in the text and does not cut a character.
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

/// Enough to begin with.
pub const SHOWN_MAX: usize = 100;

/// A longer line was not written by a person; what is further to the right is located, but not shown.
const SHOWN_LINE_BYTES_MAX: usize = 2000;

/// No name in a scenario file is longer, and comparing longer words would be slow.
const WORD_CHARS_MAX: usize = 64;

/// More names are no help.
const NEAR_MAX: usize = 4;

/// Enough to recognise what was written.
const QUOTED_CHARS_MAX: usize = 80;

#[cfg(test)]
mod tests;
