//! What is touched each time that something is done, although some of the names are drawn anew.

use std::iter;

use marslab_model::FieldPath;
use marslab_model::tracked::Footprint;

/// Fields, and what entries with drawn names are added to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The fields, of every time.
    pub fields: Footprint,
    drawn: Vec<Drawn>,
}

/// Entries whose names were another each time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawn {
    /// What they are entries of.
    of: FieldPath,
    /// What their names began with each time.
    beginning: String,
    /// The length of their names, in characters.
    length: usize,
}

impl Touched {
    /// What was touched, of the same thing done several times.
    pub(super) fn of(times: Vec<Footprint>) -> Self {
        let mut drawn = Vec::new();
        for (one, other) in times.iter().zip(times.iter().skip(1)) {
            let only_other: Vec<(FieldPath, String)> =
                other.difference(one).filter_map(split).collect();
            for (of, key) in one.difference(other).filter_map(split) {
                let length = key.chars().count();
                let alike =
                    only_other.iter().filter(|(at, it)| *at == of && it.chars().count() == length);
                drawn.extend(alike.map(|(_, other)| {
                    let beginning = common_beginning(&key, other);
                    Drawn { of: of.clone(), beginning, length }
                }));
            }
        }
        Self { fields: times.into_iter().flatten().collect(), drawn }
    }

    /// Whether a field is one of these, or a part of one.
    pub(super) fn has(&self, field: &FieldPath) -> bool {
        self.fields.iter().any(|it| is_within(field, it))
    }

    /// Whether an entry is among others with drawn names.
    pub(super) fn has_alike(&self, entry: &FieldPath) -> bool {
        split(entry).is_some_and(|it| self.drawn.iter().any(|drawn| drawn.fits(&it)))
    }
}

impl Drawn {
    fn fits(&self, (of, key): &(FieldPath, String)) -> bool {
        *of == self.of && key.chars().count() == self.length && key.starts_with(&self.beginning)
    }
}

/// Whether a field is another one or a part of it.
pub(super) fn is_within(field: &FieldPath, whole: &FieldPath) -> bool {
    let is_longer = || field.as_str().len() > whole.as_str().len();
    field == whole || (is_longer() && field.touches(whole))
}

/// What a field is an entry of, and its name there.
fn split(field: &FieldPath) -> Option<(FieldPath, String)> {
    Some((field.parent()?, field.segments().pop()?))
}

fn common_beginning(one: &str, other: &str) -> String {
    let both = iter::zip(one.chars(), other.chars());
    both.take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}
