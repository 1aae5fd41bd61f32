//! [`AgentVersion`] and [`AgentVersions`]: for which agents a row holds.

use std::fmt;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};

/// The version of an agent, `2.0.9249.0`. Missing parts count as 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgentVersion(Vec<u32>);

impl AgentVersion {
    /// The version of an installed agent. What is no number counts as 0, so that an unknown agent is an old one.
    pub fn installed(text: &str) -> Self {
        Self::of(text.split('.').map(|part| part.parse().unwrap_or(0)).collect())
    }

    fn of(mut parts: Vec<u32>) -> Self {
        while parts.len() > 1 && parts.last() == Some(&0) {
            parts.pop();
        }
        Self(parts)
    }
}

impl fmt::Display for AgentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

impl Serialize for AgentVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AgentVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let parts: Result<Vec<u32>, _> = text.split('.').map(str::parse).collect();
        parts.map(Self::of).map_err(|_no_number| {
            D::Error::custom(format!("`{text}` is not a version such as `2.0.9249.0`"))
        })
    }
}

/// A range of versions. Without either end it is open there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgentVersions {
    /// The first version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<AgentVersion>,
    /// The first version after the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<AgentVersion>,
}

impl AgentVersions {
    /// Whether every version is in it.
    pub(crate) fn is_any(&self) -> bool {
        self.from.is_none() && self.below.is_none()
    }

    pub(crate) fn contains(&self, version: &AgentVersion) -> bool {
        self.from.as_ref().is_none_or(|from| version >= from)
            && self.below.as_ref().is_none_or(|below| version < below)
    }

    /// Whether it contains every version of another range.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let from = match (&self.from, &other.from) {
            (Some(own), Some(other)) => own <= other,
            (own, _) => own.is_none(),
        };
        let below = match (&self.below, &other.below) {
            (Some(own), Some(other)) => own >= other,
            (own, _) => own.is_none(),
        };
        from && below
    }
}

#[cfg(test)]
mod tests;
