//! `$filter` of lists: `name eq 'value'`, several of them with `and` between (OData 4.0, part 2, 5.1.1, of which the lists of
//! the resource manager take this much).

use serde_json::Value;

use super::errors;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// What a list is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filter(Vec<(String, String)>);

/// The names by which a list can be filtered, and where in an entry each finds its value (a JSON pointer).
pub(super) type Names = [(&'static str, &'static str)];

impl Filter {
    /// The filter of a request, which may be by these names only. The code of the refusal is †.
    pub(super) fn of(request: &CloudRequest<'_>, names: &Names) -> Result<Self, Reply> {
        let Some(text) = request.query("$filter") else { return Ok(Self::default()) };
        let filter = Self::read(&text);
        let is_name = |name: &str| names.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let known = filter.filter(|it| it.0.iter().all(|(name, _)| is_name(name)));
        known.ok_or_else(|| {
            let message = format!("Invalid filter expression: '{}'.", bounded(&text));
            errors::bad("InvalidFilterInQueryString", &message)
        })
    }

    /// Reads the text of a filter; `None` if it is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let mut conditions = Vec::new();
        if rest.is_empty() || text.len() > BYTES_MAX {
            return rest.is_empty().then(Self::default);
        }
        loop {
            let (name, after) = rest.split_once(char::is_whitespace)?;
            let after = word(after, "eq")?;
            let (value, after) = literal(after.trim_start())?;
            let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
            if !is_name || conditions.len() == CONDITIONS_MAX {
                return None;
            }
            conditions.push((name.to_owned(), value));
            rest = after.trim_start();
            if rest.is_empty() {
                return Some(Self(conditions));
            }
            rest = word(rest, "and")?.trim_start();
        }
    }

    /// The value that a name must have.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether an entry is one of those that are asked for. A name without a place in the entry holds.
    pub(super) fn holds(&self, entry: &Value, names: &Names) -> bool {
        names.iter().all(|(name, at)| {
            let Some(wanted) = self.value(name).filter(|_| !at.is_empty()) else { return true };
            let own = entry.pointer(at).and_then(Value::as_str);
            own.is_some_and(|own| own.eq_ignore_ascii_case(wanted))
        })
    }
}

/// What follows a word, which a blank must.
fn word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case(word).then_some(rest)
}

/// A text in single quotes, in which two stand for one; and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let (before, after) = rest.split_once('\'')?;
        value.push_str(before);
        match after.strip_prefix('\'') {
            Some(more) => {
                value.push('\'');
                rest = more;
            }
            None => return Some((value, after)),
        }
    }
}

fn bounded(text: &str) -> String {
    text.chars().take(SHOWN_CHARS_MAX).collect()
}

/// Far above any filter of a list.
const BYTES_MAX: usize = 2_048;
const CONDITIONS_MAX: usize = 16;
const SHOWN_CHARS_MAX: usize = 200;

#[cfg(test)]
mod tests;
