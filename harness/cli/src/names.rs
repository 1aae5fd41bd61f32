//! Names on the command line: filters, and suggestions for unknown ones.

use std::fmt;

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
    /// A similar name.
    Similar(String),
    /// A documented failure without a scenario.
    NewScenario(String),
    /// The command that lists all names.
    List(&'static str),
    /// One of a few names.
    OneOf(Vec<&'static str>),
}

impl Suggestion {
    /// A similar name among the candidates, or else `otherwise`.
    pub(crate) fn similar<'a>(
        word: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: Self,
    ) -> Self {
        nearest(word, candidates).map_or(otherwise, |name| Self::Similar(name.to_owned()))
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Similar(name) => write!(f, "did you mean `{name}`?"),
            Self::NewScenario(id) => write!(
                f,
                "this failure has no scenario yet; `marslab new --from {id}` prints a template"
            ),
            Self::List(command) => write!(f, "`{command}` shows all names"),
            Self::OneOf(names) => write!(f, "expected {}", quoted_list(names, "or")),
        }
    }
}

/// The candidate that was most likely meant by `word`.
fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > WORD_CHARS_MAX {
        return None;
    }
    let word = word.to_lowercase();
    let near = candidates.map(|it| (strsim::damerau_levenshtein(&word, &it.to_lowercase()), it));
    let (distance, candidate) = near.min()?;
    (distance <= (length / 3).max(1)).then_some(candidate)
}

/// The names in backticks: `a`, `b` and `c`.
pub(crate) fn quoted_list(names: &[impl AsRef<str>], and: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
    }
}

/// No name is longer, and comparing longer words would be slow.
const WORD_CHARS_MAX: usize = 80;

#[cfg(test)]
mod tests;
