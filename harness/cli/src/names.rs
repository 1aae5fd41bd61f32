//! Names on the command line: filters, and suggestions for unknown ones.

use std::fmt;

use marslab::problem::{did_you_mean, either};

/// Whether a filter selects a name: as a part of it or, with a `*` or `?`, as a pattern for the whole name.
pub(crate) fn selects(filter: &str, name: &str) -> bool {
    if is_pattern(filter) {
        let (filter, name): (Vec<char>, Vec<char>) =
            (filter.chars().collect(), name.chars().collect());
        matches(&filter, &name)
    } else {
        name.contains(filter)
    }
}

/// Whether a filter is a pattern for whole names.
pub(crate) fn is_pattern(filter: &str) -> bool {
    filter.contains(['*', '?'])
}

/// Matches a pattern in which `*` matches any text and `?` one character.
fn matches(pattern: &[char], name: &[char]) -> bool {
    // The position of the last `*`, and where the text begins that it does not match yet.
    let mut star: Option<(usize, usize)> = None;
    let (mut at, mut read) = (0, 0);
    while let Some(c) = name.get(read) {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(p) if *p == '?' || p == c => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((star_at, matched)) = star else { return false };
                star = Some((star_at, matched + 1));
                (at, read) = (star_at + 1, matched + 1);
            }
        }
    }
    pattern.iter().skip(at).all(|c| *c == '*')
}

/// What to use instead of an unknown name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Suggestion {
    /// Similar names: a question.
    Similar(String),
    /// A documented failure without a scenario.
    NewScenario(String),
    /// The command that lists all names.
    List(&'static str),
    /// One of a few names.
    OneOf(Vec<&'static str>),
    /// A thing of another kind has the name.
    OtherKind {
        /// The name.
        name: String,
        /// The kind.
        kind: &'static str,
    },
}

impl Suggestion {
    /// A similar name among the candidates, or else `otherwise`.
    pub(crate) fn similar<'a>(
        word: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: Self,
    ) -> Self {
        did_you_mean(word, candidates).map_or(otherwise, Self::Similar)
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Similar(question) => f.write_str(question),
            Self::NewScenario(id) => write!(
                f,
                "this failure has no scenario yet; `marslab new --from {id}` prints a template"
            ),
            Self::List(command) => write!(f, "`{command}` shows all names"),
            Self::OneOf(names) => write!(f, "expected {}", either(names)),
            Self::OtherKind { name, kind } => {
                write!(f, "it is a {kind}: `marslab show {kind} {name}`")
            }
        }
    }
}

#[cfg(test)]
mod tests;
