//! What a play is for, and what its customer says.

use marslab_model::world::Language;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalogue::{Catalogue, FailureKind};
use crate::play::{ComplaintSource, Play};

/// What a play is for; it decides which beats there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlayKind {
    /// The operation fails, and is cured.
    Failure,
    /// The operation succeeds, and something is advised all the same.
    Check,
    /// A failure that only one step cures.
    Step,
    /// Something was changed, and nothing is wrong.
    Control,
    /// Several plays at once; the operation fails, and is cured round by round.
    Compound,
}

impl PlayKind {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Check => "check",
            Self::Step => "step",
            Self::Control => "control",
            Self::Compound => "compound",
        }
    }
}

impl Play {
    /// Whether the operation fails, of one thing or of several that belong together.
    pub fn fails(&self) -> bool {
        matches!(self.kind(), PlayKind::Failure | PlayKind::Step)
    }

    /// What the play is for: the kind of its row in the catalogue.
    pub fn kind(&self) -> PlayKind {
        let row = self.failure.as_ref();
        let row = row.and_then(|id| Catalogue::known().failure(id.as_str()));
        match row.map(|row| row.kind) {
            None if !self.parts.is_empty() => PlayKind::Compound,
            None => PlayKind::Control,
            Some(FailureKind::Check) => PlayKind::Check,
            Some(FailureKind::Step) => PlayKind::Step,
            // No scenario is for an umbrella: the parser refuses it.
            Some(FailureKind::Failure | FailureKind::Umbrella) => PlayKind::Failure,
        }
    }

    /// What the customer says where no failing operation put words into their mouth: their own, a message of the catalogue,
    /// or a section's question.
    pub fn says<'c>(&'c self, catalogue: &'c Catalogue, language: Language) -> &'c str {
        let section = || {
            let row = catalogue.failure(self.failure.as_ref()?.as_str())?;
            catalogue.section(row.section.as_str())
        };
        let wording = match &self.complaint {
            Some(ComplaintSource::Words(words)) => return words,
            Some(ComplaintSource::Message(id)) => catalogue.message(id.as_str()).map(|it| &it.text),
            Some(ComplaintSource::Question(id)) => {
                catalogue.section(id.as_str()).map(|it| &it.question)
            }
            None => section().map(|it| &it.question),
        };
        wording.map_or("", |wording| wording.in_language(language))
    }
}
