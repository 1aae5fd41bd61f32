//! [`Shown`]: a row of the table that says which message the console shows.

use std::collections::BTreeSet;
use std::fmt;

use marslab_model::Operation;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};

use super::{AgentVersion, AgentVersions, MessageId};
use crate::step::Step;
use crate::step_error::{Kind, StepError};

/// A row: where all that it names is met, the console shows its message. A list that is left out holds for everything.
///
/// It names what the agent can know (what it did, what it called, what came back), never a path, a host or a value.
///
/// ```toml
/// [[shown]]
/// operations = ["backup", "scheduled-backup"]
/// steps = ["send-backup"]
/// kinds = ["answer"]                 # how the step failed
/// codes = ["PolicyExpired"]          # what the service, or Windows, calls it
/// statuses = ["409"]                 # or a class, `4xx`
/// agent = { from = "2.0.9249.0" }    # `below = …` too
/// message = "acme/policy-expired"
/// second-line = "status"
/// source = "ticket 4711 of Acme"
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shown {
    /// The operations.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub operations: BTreeSet<Operation>,
    /// The steps at which the operation stopped.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub steps: BTreeSet<Step>,
    /// How the step failed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kinds: BTreeSet<Kind>,
    /// The code in the body of a service's answer (`KeyDiffers`), or the error of a call of Windows as the door names it
    /// (`access-denied`).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub codes: BTreeSet<String>,
    /// The status of an answer, or of a proxy's refusal.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub statuses: BTreeSet<Status>,
    /// The versions of the agent.
    #[serde(default, skip_serializing_if = "AgentVersions::is_any")]
    pub agent: AgentVersions,
    /// What is shown.
    pub message: MessageId,
    /// What is shown below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_line: Option<SecondLine>,
    /// Where it is from that this message is shown here, or that it is the lab's own.
    pub source: String,
}

/// A failed operation, as rows see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed<'a> {
    pub(crate) operation: Operation,
    pub(crate) step: Option<Step>,
    pub(crate) error: &'a StepError,
}

impl Shown {
    /// Whether the row holds. The version is only asked for where it decides, since whatever is looked at is recorded.
    pub(crate) fn holds(&self, failed: &Failed<'_>, version: &dyn Fn() -> AgentVersion) -> bool {
        let Failed { operation, step, error } = failed;
        let status = |status| self.statuses.iter().any(|it| it.contains(status));
        (self.operations.is_empty() || self.operations.contains(operation))
            && (self.steps.is_empty() || step.is_some_and(|step| self.steps.contains(&step)))
            && (self.kinds.is_empty() || self.kinds.contains(&error.kind()))
            && (self.statuses.is_empty() || error.status().is_some_and(status))
            && (self.codes.is_empty() || error.code().is_some_and(|it| self.codes.contains(&*it)))
            && (self.agent.is_any() || self.agent.contains(&version()))
    }

    /// Whether the row holds wherever another one does.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let statuses = |of: &BTreeSet<Status>| {
            of.iter().all(|status| self.statuses.iter().any(|own| own.covers(*status)))
        };
        is_within(&other.operations, &self.operations)
            && is_within(&other.steps, &self.steps)
            && is_within(&other.kinds, &self.kinds)
            && is_within(&other.codes, &self.codes)
            && (self.statuses.is_empty()
                || (!other.statuses.is_empty() && statuses(&other.statuses)))
            && self.agent.covers(&other.agent)
    }
}

/// Whether a list, where it is empty everything, is within another one.
fn is_within<T: Ord>(inner: &BTreeSet<T>, outer: &BTreeSet<T>) -> bool {
    outer.is_empty() || (!inner.is_empty() && inner.is_subset(outer))
}

/// What follows a message on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondLine {
    /// Another message.
    Message(MessageId),
    /// The status of the answer in the words of HTTP: `(500) Internal Server Error.`
    Status,
    /// The error as an HRESULT: `(0x80070570)`.
    Hresult,
    /// The error's Win32 number: `(1062)`.
    Win32,
    /// The file to which the passphrase was saved.
    PassphraseFile,
}

/// A status of HTTP, or a class of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One: `407`.
    Is(u16),
    /// Those with the same first digit: `4xx`.
    Class(u16),
}

impl Status {
    fn contains(self, status: u16) -> bool {
        match self {
            Self::Is(own) => own == status,
            Self::Class(own) => own == status / 100,
        }
    }

    fn covers(self, other: Self) -> bool {
        match other {
            Self::Is(status) => self.contains(status),
            Self::Class(_) => self == other,
        }
    }

    fn named(text: &str) -> Option<Self> {
        let is_known = |status: &u16| (100..600).contains(status);
        if let Some(class) = text.strip_suffix("xx") {
            let class: u16 = class.parse().ok()?;
            return is_known(&class.saturating_mul(100)).then_some(Self::Class(class));
        }
        text.parse().ok().filter(is_known).map(Self::Is)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(status) => write!(f, "{status}"),
            Self::Class(class) => write!(f, "{class}xx"),
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::named(&text).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is neither a status, `409`, nor a class, `4xx`"))
        })
    }
}

#[cfg(test)]
mod tests;
