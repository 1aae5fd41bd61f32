//! A mutant as `cargo mutants --list --json` tells it.

use std::ops::Range;

use serde::Deserialize;

/// A mutant that could be made.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listed {
    /// Its package.
    pub(crate) package: String,
    /// Its file, from the root of the workspace.
    pub(crate) file: String,
    /// `FILE:LINE:COLUMN: CHANGE`.
    pub(crate) name: String,
    /// What kind of thing is changed.
    pub(crate) genre: Genre,
    /// What is changed.
    pub(crate) span: Span,
    /// What stands there instead; nothing where something is left out.
    pub(crate) replacement: String,
    /// The function around it.
    pub(crate) function: Option<Function>,
}

/// What kind of thing is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) enum Genre {
    /// The statements of a function.
    FnValue,
    /// An operator between two values.
    BinaryOperator,
    /// An operator before a value.
    UnaryOperator,
    /// An arm of a `match`.
    MatchArm,
    /// What is asked before an arm is taken.
    MatchArmGuard,
    /// A field of a value whose other fields come from elsewhere.
    StructField,
}

/// A function.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Function {
    /// All of it.
    pub(crate) span: Span,
}

/// From one place to just before another.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Span {
    /// The first that belongs to it.
    pub(crate) start: Place,
    /// The first that no longer does.
    pub(crate) end: Place,
}

/// A place in a file, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Place {
    /// Its line.
    pub(crate) line: usize,
    /// Its column.
    pub(crate) column: usize,
}

impl Span {
    /// Its lines, from the first to just after the last.
    pub(crate) const fn lines(&self) -> Range<usize> {
        self.start.line..self.end.line + 1
    }
}

impl Place {
    /// Its offset in the file's text, in bytes; the end of the text where it is beyond.
    pub(crate) fn offset(self, text: &str) -> usize {
        let before: usize = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let line = text.get(before..).unwrap_or_default();
        let column = line.char_indices().nth(self.column - 1).map_or(line.len(), |(at, _)| at);
        before + column
    }
}
