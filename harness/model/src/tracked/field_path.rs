//! [`FieldPath`]: the place of a field in a world.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::names::begins;

/// The place of a field in a world, such as `machines/SRV01/services/obengine/state`.
///
/// Segments are joined by `/`; in a segment `~`, `/` and `*` are written `~0`, `~1` and `~2`. A path that ends in
/// `*` stands for every key with that beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldPath(String);

impl FieldPath {
    /// The world itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of a part of this field.
    #[must_use]
    pub fn then(mut self, segment: &str) -> Self {
        if self.0.is_empty() {
            // Most paths fit, so that a step into them does not move them.
            self.0.reserve(PATH_BYTES);
        } else {
            self.0.push('/');
        }
        if !segment.contains(['~', '/', '*']) {
            self.0.push_str(segment);
            return self;
        }
        for c in segment.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                '*' => self.0.push_str("~2"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// Reads a path as reports print it.
    pub fn parse(text: &str) -> Self {
        let plain = Self(text.to_owned()).segments();
        plain.iter().fold(Self::root(), |path, segment| path.then(segment))
    }

    /// The path of a part of this field, from here.
    #[must_use]
    pub fn join(self, rest: &Self) -> Self {
        rest.segments().iter().fold(self, |path, segment| path.then(segment))
    }

    /// The part of the world that has this field; nothing for the world itself.
    pub fn parent(&self) -> Option<Self> {
        let mut segments = self.segments();
        segments.pop()?;
        Some(segments.iter().fold(Self::root(), |path, segment| path.then(segment)))
    }

    pub(super) fn then_every(self, prefix: &str) -> Self {
        let mut path = self.then(prefix);
        path.0.push('*');
        path
    }

    /// The steps from the world, unescaped.
    pub fn segments(&self) -> Vec<String> {
        let parts = self.0.split('/').filter(|part| !part.is_empty());
        let plain = |part: &str| part.replace("~2", "*").replace("~1", "/").replace("~0", "~");
        parts.map(|part| if part.contains('~') { plain(part) } else { part.to_owned() }).collect()
    }

    /// Whether one of the two fields is the other or a part of it. Case is ignored, as the names' is.
    pub fn touches(&self, other: &Self) -> bool {
        let begins = |text: &str, beginning: &str| begins(text, beginning, |_next| true);
        let (one, two) = (self.as_str(), other.as_str());
        match (one.strip_suffix('*'), two.strip_suffix('*')) {
            (Some(one), Some(two)) => begins(one, two) || begins(two, one),
            (Some(one), None) => begins(two, one) || is_part(one, two),
            (None, Some(two)) => begins(one, two) || is_part(two, one),
            (None, None) => is_part(one, two) || is_part(two, one),
        }
    }
}

const PATH_BYTES: usize = 120;

fn is_part(part: &str, whole: &str) -> bool {
    whole.is_empty() || begins(part, whole, |next| matches!(next, None | Some('/')))
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
