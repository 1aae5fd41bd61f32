//! [`Precondition`]: a call that the agent makes in a step, and what it has to find.

use std::collections::BTreeSet;

use marslab_model::host::{Call, HostError};
use marslab_model::{HostControl, Operation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::MessageId;
use crate::step::Step;
use crate::step_error::StepError;

/// Something that the agent looks at before it goes on. It makes the call when it has entered the step, before all else
/// there; if it does not find what it needs, the operation stops at that step.
///
/// ```toml
/// [[precondition]]
/// operations = ["backup"]
/// step = "read-registration"
/// call = { registry-value = { key = 'HKLM\SOFTWARE\Acme\Agent', name = "Tenant" } }
/// at = "/ok/text"
/// needs = { is = "production" }
/// message = "acme/wrong-tenant"
/// source = "ticket 4711 of Acme"
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Precondition {
    /// The operations; every one that enters the step where it is left out.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub operations: BTreeSet<Operation>,
    /// The step.
    pub step: Step,
    /// The call, a reading one of the host port by its name and with its arguments, as `harness/DOOR.md` lists them. Without
    /// `as` it is made as SYSTEM.
    #[serde(deserialize_with = "Call::deserialize_strictly")]
    pub call: Call,
    /// Where in the answer it looks: a JSON pointer into what the door would answer, `{"ok": …}` or
    /// `{"refused": {"code": …}}`.
    #[serde(default = "found")]
    pub at: String,
    /// What has to be there.
    pub needs: Need,
    /// What the console shows otherwise.
    pub message: MessageId,
    /// Where it is from that the agent needs this, or that it is the lab's own.
    pub source: String,
}

/// What a [`Precondition`] needs. `null` counts as nothing, as does whatever a refused call did not find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// This value exactly: `needs = { is = 4 }`.
    Is(Value),
    /// Another value, or none: `needs = { is-not = 4 }`.
    IsNot(Value),
    /// Any value: `needs = "present"`.
    Present,
    /// No value: `needs = "absent"`.
    Absent,
}

/// A precondition that does not hold.
#[derive(Debug)]
pub(crate) struct Unmet {
    /// The step.
    pub(crate) step: Step,
    /// The name of the call.
    pub(crate) call: String,
    /// The number and the text with which Windows refused the call, if it did.
    pub(crate) refused: Option<(u32, String)>,
    /// What the console shows.
    pub(crate) message: MessageId,
}

impl Precondition {
    /// Whether an operation checks it in a step.
    pub(crate) fn is_of(&self, operation: Operation, step: Step) -> bool {
        self.step == step && (self.operations.is_empty() || self.operations.contains(&operation))
    }

    /// Makes the call.
    pub(crate) async fn check(&self, host: &dyn HostControl) -> Result<(), StepError> {
        let answer = self.call.make(host).await;
        if self.needs.is_met_by(answer.to_json().pointer(&self.at)) {
            return Ok(());
        }
        let refused =
            answer.error().map(|error: &dyn HostError| (error.number(), error.to_string()));
        let Self { step, message, .. } = self;
        let (call, message) = (self.call.named().0, message.clone());
        Err(StepError::Precondition(Box::new(Unmet { step: *step, call, refused, message })))
    }
}

impl Need {
    fn is_met_by(&self, found: Option<&Value>) -> bool {
        let found = found.filter(|value| !value.is_null());
        match self {
            Self::Is(value) => found == Some(value),
            Self::IsNot(value) => found != Some(value),
            Self::Present => found.is_some(),
            Self::Absent => found.is_none(),
        }
    }
}

/// Where an answer has what the call found.
fn found() -> String {
    "/ok".to_owned()
}

#[cfg(test)]
mod tests;
