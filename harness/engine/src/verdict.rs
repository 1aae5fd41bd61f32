//! What a play showed: [`Verdict`], with its reasons.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::trace::Trace;

/// The outcome of a play.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// Every beat was as expected, and the operation met every fault.
    Confirmed,
    /// A beat was not as expected.
    Mismatch(Mismatch),
    /// The beats were as expected, but that proves nothing.
    Inconclusive {
        /// Why.
        reason: InconclusiveReason,
    },
}

impl Verdict {
    /// The verdict's name in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Mismatch(_) => "mismatch",
            Self::Inconclusive { .. } => "inconclusive",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmed => f.write_str("confirmed"),
            Self::Mismatch(mismatch) => write!(f, "mismatch, {mismatch}"),
            Self::Inconclusive { reason } => write!(f, "inconclusive: {reason}"),
        }
    }
}

/// A beat that was not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Mismatch {
    /// Which beat.
    pub beat: Beat,
    /// How it differs.
    pub kind: MismatchKind,
    /// What was expected, in words.
    pub expected: String,
    /// What was seen instead, in words.
    pub seen: String,
    /// Of what was seen, what comes nearest to the expected, if anything does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// The end of what the program had written to standard error before it gave the answer that is not as expected. Not kept of
    /// a program that stays (`--serve`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stderr: Option<Arc<str>>,
}

impl Mismatch {
    /// With what was written to standard error in the ask that it is about.
    #[must_use]
    pub(crate) fn with_stderr(self, asked: &Trace) -> Self {
        Self { stderr: asked.stderr.clone(), ..self }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.kind.name(), self.beat)?;
        write!(f, "\n  expected: {}\n  seen:     {}", self.expected, self.seen)?;
        self.nearest.iter().try_for_each(|nearest| write!(f, "\n  nearest:  {nearest}"))
    }
}

/// How a beat was not as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MismatchKind {
    /// The operation failed where it should succeed: in the healthy world, or in a check or control.
    NotHealthy,
    /// The operation succeeded in spite of the faults.
    NotBroken,
    /// The operation failed with another error than the documented one.
    WrongError,
    /// The operation failed with that error, but at another step than the documented one.
    WrongStep,
    /// The subject did not find an expected cause.
    NotFound,
    /// The subject found a cause that is not present.
    FalseFinding,
    /// The subject found an expected cause, but nothing that it looked at tells that it is there.
    Guessed,
    /// The subject recommended something that is not documented for what it found.
    WrongRemedy,
    /// The subject neither found a cause that was present, nor said that it could not look there.
    SilentOnUnchecked,
    /// The subject left unchecked what can be checked, or something that is not an area.
    CouldBeChecked,
    /// The subject called unexplained what has a catalogued cause, or what works.
    CanBeExplained,
    /// A remedy could not be carried out.
    RemedyFailed,
    /// The operation still failed after the last remedy.
    NotRepaired,
    /// The subject gave two answers about one world.
    Inconsistent,
    /// The subject gave no diagnosis.
    SubjectFailed,
    /// The subject changed the world.
    SubjectChangedTheWorld,
}

impl MismatchKind {
    /// The kind in plain words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotHealthy => "not healthy",
            Self::NotBroken => "not broken",
            Self::WrongError => "wrong error",
            Self::WrongStep => "wrong step",
            Self::NotFound => "not found",
            Self::FalseFinding => "false finding",
            Self::Guessed => "guessed",
            Self::WrongRemedy => "wrong remedy",
            Self::SilentOnUnchecked => "silent on unchecked",
            Self::CouldBeChecked => "could be checked",
            Self::CanBeExplained => "can be explained",
            Self::RemedyFailed => "remedy failed",
            Self::NotRepaired => "not repaired",
            Self::Inconsistent => "inconsistent",
            Self::SubjectFailed => "subject failed",
            Self::SubjectChangedTheWorld => "subject changed the world",
        }
    }
}

/// Why a play proves nothing, although its beats were as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InconclusiveReason {
    /// The operation never read what the fault (or the control's change) had changed.
    NeverRead {
        /// The fault's name.
        fault: String,
        /// The fields that it changed.
        footprint: Vec<String>,
    },
    /// Of several faults, this one made no difference to the operation in any round.
    NeverBlocked {
        /// The fault's name.
        fault: String,
    },
}

impl fmt::Display for InconclusiveReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverRead { fault, footprint } if footprint.is_empty() => {
                write!(
                    f,
                    "the fault `{fault}` changed nothing; change its parameters, or remove it"
                )
            }
            Self::NeverRead { fault, footprint } => {
                let fields = footprint.join("`, `");
                write!(
                    f,
                    "the operation never read what the fault `{fault}` changed: `{fields}`; if another fault stops it \
                     before, give each a file and run both at once, as `one.toml+two.toml`; else try an operation that needs it"
                )
            }
            Self::NeverBlocked { fault } => {
                write!(
                    f,
                    "the fault `{fault}` made no difference to the operation in any round; remove it, or give it a \
                     file of its own and run both at once, as `one.toml+two.toml`"
                )
            }
        }
    }
}

/// A beat of a play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beat {
    /// 1: the healthy world.
    Healthy,
    /// 2: the faults have been applied.
    Broken,
    /// 3: the subject has inspected the broken world.
    Diagnosed,
    /// 4: a remedy was carried out.
    Repaired,
    /// 5: the world works again.
    HealthyAgain,
}

impl Beat {
    /// Its number from 1 to 5.
    pub const fn number(self) -> u8 {
        match self {
            Self::Healthy => 1,
            Self::Broken => 2,
            Self::Diagnosed => 3,
            Self::Repaired => 4,
            Self::HealthyAgain => 5,
        }
    }

    /// Its name in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Broken => "broken",
            Self::Diagnosed => "diagnosed",
            Self::Repaired => "repaired",
            Self::HealthyAgain => "healthy again",
        }
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "beat {} ({})", self.number(), self.name())
    }
}
