//! What was changed, in words: from the path of a field, and what it was and is.
//!
//! The words are those of the world's shape, so that they fit whatever changes a field. `nouns` and `fields` have what the parts
//! of a world are called, `templates` what is said of them in one go, and `phrases` the sentences for the rest; each row of them
//! is in four languages. What is called by a name has that name in all of them.

use marslab_engine::changed_field::ChangedField;
use marslab_model::FieldPath;
use marslab_model::world::Language;
use serde_json::Value;

/// A table of texts: what it is for, and in English, Japanese, Korean and Chinese.
macro_rules! rows {
    ($($key:literal: $english:literal, $japanese:literal, $korean:literal, $chinese:literal;)*) => {
        &[$(($key, [$english, $japanese, $korean, $chinese])),*]
    };
}

mod fields;
mod nouns;
mod phrases;
mod sentences;
mod templates;
mod values;

use nouns::Noun;
use phrases::Phrases;
pub use values::span;
use values::{Field, shown};

/// A row of a table.
type Row = (&'static str, [&'static str; 4]);

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
pub fn list(changes: &[ChangedField], paths: Paths, language: Language) -> Vec<String> {
    let paths = paths == Paths::Told;
    let mut said: Vec<String> = Vec::new();
    for change in changes.iter().filter(|it| paths || !goes_without_saying(it, changes)) {
        let path = if paths { format!(" [{}]", change.field) } else { String::new() };
        let line = sentence(change, language) + &path;
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said
}

/// A change as a sentence without its full stop, such as `the file OnlineBackup.KEK is gone`.
pub fn sentence(change: &ChangedField, language: Language) -> String {
    let place = Place::of(change, language);
    let said = sentences::special(&place)
        .or_else(|| sentences::of_list(&place))
        .or_else(|| sentences::of_value(&place))
        .unwrap_or_else(|| plain(&place));
    match &change.on {
        Some(machine) => place.phrases().on_machine(&said, machine),
        None => said,
    }
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
            let shown =
                |value: &Option<Value>| shown(value.as_ref()?, Field::Bytes, Language::English);
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
    language: Language,
}

impl<'a> Place<'a> {
    fn of(change: &'a ChangedField, language: Language) -> Self {
        let segments = FieldPath::parse(&change.field).segments();
        let noun = Noun::of(&segments, change.called.as_deref(), language);
        Self { change, segments, noun, language }
    }

    const fn phrases(&self) -> Phrases {
        Phrases::of(self.language)
    }

    /// A value of the field.
    fn shown(&self, value: &Value) -> Option<String> {
        shown(value, Field::of(&self.segments), self.language)
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
    let phrases = place.phrases();
    let what = place.rest().iter().fold(place.noun.text.clone(), |whole, part| {
        phrases.part_of(&fields::field(part, place.language), &whole)
    });
    match (place.before(), place.after()) {
        (None, Some(value)) => match place.shown(value) {
            Some(value) => phrases.has_value(&what, &value),
            None => phrases.is_there(&what),
        },
        (Some(_), None) => phrases.is_gone(&what),
        (Some(before), Some(after)) => match (place.shown(before), place.shown(after)) {
            (Some(before), Some(after)) if before != after => {
                phrases.had_value(&what, &after, &before)
            }
            _ => phrases.was_changed(&what),
        },
        (None, None) => phrases.was_changed(&what),
    }
}

#[cfg(test)]
mod tests;
