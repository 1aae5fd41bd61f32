//! What a diagnostic core answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of a diagnostic core to one complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Diagnosis {
    /// The version of this document's shape; 1.
    pub version: u32,
    /// What is wrong; empty where nothing is.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// What could not be looked at, and why.
    #[serde(default)]
    pub unchecked: Vec<Unchecked>,
    /// That the operation fails for a reason that the core cannot name. Only where it finds no cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unexplained: Option<Unexplained>,
}

impl Diagnosis {
    /// The version that this build reads and writes.
    pub const VERSION: u32 = 1;

    /// A diagnosis that finds nothing and leaves nothing unchecked.
    pub fn healthy() -> Self {
        Self { version: Self::VERSION, ..Self::default() }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Finding {
    /// The cause's id in the catalogue.
    pub cause: String,
    /// What the finding is about: an address, a path, a version; the catalogue says which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Whether this breaks the operation or is only advised against.
    #[serde(default)]
    pub level: Level,
    /// What was seen, in the core's own words. Not compared.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The remedy's id in the catalogue: one that is documented for the cause. It may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Finding {
    /// A cause that breaks the operation, and the remedy for it; both are ids of the catalogue.
    pub fn cause(cause: &str, remedy: &str) -> Self {
        Self {
            cause: cause.to_owned(),
            about: None,
            level: Level::Cause,
            evidence: Vec::new(),
            remedy: Some(remedy.to_owned()),
        }
    }

    /// Something that is only advised against.
    pub fn advice(cause: &str, remedy: &str) -> Self {
        Self { level: Level::Advice, ..Self::cause(cause, remedy) }
    }

    /// Sets what the finding is about.
    #[must_use]
    pub fn with_about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }

    /// Adds a line of evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: impl Into<String>) -> Self {
        self.evidence.push(evidence.into());
        self
    }
}

/// How bad a finding is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It breaks the operation.
    #[default]
    Cause,
    /// The operation works; the documentation advises to change it all the same.
    Advice,
}

/// An area that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unchecked {
    /// The area's id in the catalogue.
    pub what: String,
    /// What prevented the check, in the core's own words. Not compared.
    pub because: String,
}

/// A failure of which no cause is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unexplained {
    /// The step at which the operation stops, by its id in the reference.
    pub step: String,
    /// What was seen there, in the core's own words. Not compared.
    pub because: String,
}
