//! Names that people type: patterns of them, and what was meant by a wrong one.

/// Whether a filter selects a name: it is part of the name or, where it has a `*` or `?`, a pattern of all of it.
pub(crate) fn selects(filter: &str, name: &str) -> bool {
    if filter.contains(['*', '?']) {
        let (filter, name): (Vec<char>, Vec<char>) =
            (filter.chars().collect(), name.chars().collect());
        matches(&filter, &name)
    } else {
        name.contains(filter)
    }
}

/// Matches a pattern in which `*` stands for any text and `?` for one character.
fn matches(pattern: &[char], name: &[char]) -> bool {
    // Where the last `*` stands, and the beginning of the rest that it has not swallowed yet.
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
                let Some((star_at, swallowed)) = star else { return false };
                star = Some((star_at, swallowed + 1));
                (at, read) = (star_at + 1, swallowed + 1);
            }
        }
    }
    pattern.iter().skip(at).all(|c| *c == '*')
}

/// The candidate that somebody who typed `word` most likely meant.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    if length > WORD_CHARS_MAX {
        return None;
    }
    let word = word.to_lowercase();
    let near = candidates.map(|it| (strsim::damerau_levenshtein(&word, &it.to_lowercase()), it));
    let (distance, candidate) = near.min()?;
    (distance <= (length / 3).max(1)).then_some(candidate)
}

/// `a`, `b` and `c`, each in backticks.
pub(crate) fn listed(names: &[impl AsRef<str>], and: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
    }
}

/// No name is longer; the distance of longer words would be slow to find.
const WORD_CHARS_MAX: usize = 80;

#[cfg(test)]
mod tests;
