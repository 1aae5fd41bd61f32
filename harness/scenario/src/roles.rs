//! Roles in a scenario file: `{proxy}` in a string stands for what plays the proxy in the world that is played.

use std::borrow::Cow;
use std::ops::Range;

use marslab_actions::problem::{Problem, near, quote};
use marslab_model::world::Cast;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Replaces the roles in all strings and keys of a file by what plays them, and reports unknown ones.
pub(crate) fn fill_in(file: &mut DeTable<'_>, cast: &Cast, problems: &mut Vec<Problem>) {
    for (_key, value) in file.iter_mut() {
        fill_in_value(value, cast, problems);
    }
    let keys: Vec<_> = file.keys().filter(|key| key.get_ref().contains('{')).cloned().collect();
    for key in keys {
        let Some(value) = file.remove(key.get_ref().as_ref()) else { continue };
        let filled = filled_in(key.get_ref(), cast, &key.span(), problems);
        file.insert(Spanned::new(key.span(), Cow::Owned(filled)), value);
    }
}

fn fill_in_value(value: &mut Spanned<DeValue<'_>>, cast: &Cast, problems: &mut Vec<Problem>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) if text.contains('{') => {
            *text = Cow::Owned(filled_in(text, cast, &span, problems));
        }
        DeValue::Array(entries) => {
            for entry in entries.as_mut() {
                fill_in_value(entry, cast, problems);
            }
        }
        DeValue::Table(table) => fill_in(table, cast, problems),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

/// The text with its roles replaced. An unknown role is reported, and left out.
fn filled_in(text: &str, cast: &Cast, span: &Range<usize>, problems: &mut Vec<Problem>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        if let Some((role, after)) = after.strip_prefix('{').and_then(role) {
            // Two braces on either side: one of each is meant.
            if let Some(after) = after.strip_prefix('}') {
                filled.extend(["{", role, "}"]);
                rest = after;
                continue;
            }
        }
        rest = match role(after) {
            Some((role, after)) => {
                match cast.value(role) {
                    Some(value) => filled.push_str(&value),
                    None => {
                        let message = format!("unknown role `{}`", quote(role));
                        let problem = Problem::wrong(span.clone(), message);
                        problems.push(problem.with_hint(hint(role, cast)));
                    }
                }
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

/// The role at the start of the text, which follows a brace, and the text after its own brace. A registry key's GUID or a
/// script's block between braces is not a role.
fn role(text: &str) -> Option<(&str, &str)> {
    let (role, after) = text.split_once('}')?;
    let is_name = !role.is_empty() && role.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    is_name.then_some((role, after))
}

fn hint(role: &str, cast: &Cast) -> String {
    match near(role, cast.parts().iter().map(|part| part.role)).first() {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None => {
            format!("the reference lists the roles; for the text itself, write `{{{{{role}}}}}`")
        }
    }
}

#[cfg(test)]
mod tests;
