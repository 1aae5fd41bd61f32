//! Dotted version numbers.

/// A version such as `2.0.9169.0`. Missing parts count as zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(Vec<u64>);

impl Version {
    /// Reads a version; `None` if a part is no number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parts: Result<Vec<u64>, _> = text.trim().split('.').map(str::parse).collect();
        Some(Self::new(&parts.ok()?))
    }

    /// The version of these parts.
    pub(crate) fn new(parts: &[u64]) -> Self {
        let end = parts.iter().rposition(|part| *part != 0).map_or(1, |last| last + 1);
        Self(parts.get(..end).unwrap_or(parts).to_vec())
    }

    /// The first part.
    pub(crate) fn major(&self) -> u64 {
        self.0.first().copied().unwrap_or(0)
    }
}

/// The version that stands behind a label in a text.
pub(crate) fn labelled<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(label)?;
    let version = rest.split_whitespace().next()?;
    Version::parse(version).map(|_| version)
}

#[cfg(test)]
mod tests;
