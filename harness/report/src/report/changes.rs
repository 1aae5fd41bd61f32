//! What was changed, in words: from the path of a field, and what it was and is.
//!
//! The words are those of the world's shape, so that they fit whatever changes a field. `nouns` has what the parts of a world
//! are called; `sentences` has what is said of them in one go.

use marslab_engine::changed_field::ChangedField;
use marslab_model::FieldPath;
use serde_json::Value;

mod nouns;
mod sentences;
mod values;

use nouns::Noun;
use values::shown;

/// Whether the path of a changed field is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paths {
    /// In words alone.
    LeftOut,
    /// The path behind the words.
    Told,
}

impl From<bool> for Paths {
    fn from(are_told: bool) -> Self {
        if are_told { Self::Told } else { Self::LeftOut }
    }
}

/// Each change as a sentence without its full stop, and, where paths are wanted, the path behind it. What says the same is
/// said once.
pub fn list(changes: &[ChangedField], paths: Paths) -> Vec<String> {
    let paths = paths == Paths::Told;
    let mut said: Vec<String> = Vec::new();
    for change in changes.iter().filter(|it| paths || !goes_without_saying(it, changes)) {
        let path = if paths { format!(" [{}]", change.field) } else { String::new() };
        let line = sentence(change) + &path;
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said
}

/// A change as a sentence without its full stop, such as `the file OnlineBackup.KEK is gone`.
pub fn sentence(change: &ChangedField) -> String {
    let place = Place::of(change);
    let said = sentences::special(&place)
        .or_else(|| sentences::of_list(&place))
        .or_else(|| sentences::of_value(&place))
        .unwrap_or_else(|| plain(&place));
    change.on.as_ref().map_or_else(|| said.clone(), |machine| format!("{said} on {machine}"))
}

/// Whether this change follows from others of its file, or is too small to be seen.
fn goes_without_saying(change: &ChangedField, all: &[ChangedField]) -> bool {
    let others = |file: &str| {
        let fields = all.iter().filter_map(|it| it.field.strip_prefix(file)?.strip_prefix('/'));
        fields.collect::<Vec<_>>()
    };
    match change.field.rsplit_once('/') {
        Some((file, "modified")) => others(file).len() > 1,
        Some((file, "size")) => others(file).contains(&"content"),
        // A log that has grown, and the like.
        Some((_, "free")) => {
            let shown = |value: &Option<Value>| shown(value.as_ref()?, values::Field::Bytes);
            shown(&change.before) == shown(&change.after)
        }
        _ => false,
    }
}

/// A changed field, and the thing that it belongs to.
struct Place<'a> {
    change: &'a ChangedField,
    /// The way to it.
    segments: Vec<String>,
    noun: Noun,
}

impl<'a> Place<'a> {
    fn of(change: &'a ChangedField) -> Self {
        let segments = FieldPath::parse(&change.field).segments();
        let noun = Noun::of(&segments, change.called.as_deref());
        Self { change, segments, noun }
    }

    fn before(&self) -> Option<&Value> {
        self.change.before.as_ref()
    }

    fn after(&self) -> Option<&Value> {
        self.change.after.as_ref()
    }

    /// The way from the thing to the field; nothing where the thing itself is meant.
    fn rest(&self) -> &[String] {
        self.segments.get(self.noun.depth..).unwrap_or_default()
    }

    /// Whether the way is this pattern, in which `*` stands for any segment.
    fn is(&self, pattern: &str) -> bool {
        pattern.split('/').count() == self.segments.len() && begins_with(&self.segments, pattern)
    }
}

fn begins_with(segments: &[String], pattern: &str) -> bool {
    let mut segments = segments.iter();
    pattern.split('/').all(|part| segments.next().is_some_and(|it| part == "*" || part == it))
}

/// What holds for every field.
fn plain(place: &Place<'_>) -> String {
    let field = values::Field::of(&place.segments);
    let what = place.rest().iter().rev().map(|it| format!("the {} of ", nouns::field(it)));
    let what = what.collect::<String>() + &place.noun.text;
    match (place.before(), place.after()) {
        (None, Some(value)) => match shown(value, field) {
            Some(value) => format!("{what} is {value}"),
            None => format!("{what} is there"),
        },
        (Some(_), None) => format!("{what} is gone"),
        (Some(before), Some(after)) => match (shown(before, field), shown(after, field)) {
            (Some(before), Some(after)) if before != after => {
                format!("{what} is {after} (was {before})")
            }
            _ => format!("{what} was changed"),
        },
        (None, None) => format!("{what} was changed"),
    }
}

#[cfg(test)]
mod tests;
