//! [`Ticket`]: what a customer says, in their language.

use std::fmt;

use marslab_model::Complaint;
use serde::{Deserialize, Serialize};

use crate::texts::Texts;

/// What a trainee begins with: the symptom, and nothing of its cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ticket {
    /// The number of the ticket: it tells nothing.
    pub id: String,
    /// What the customer says.
    pub complaint: Complaint,
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Complaint { machine, operation, message, language, .. } = &self.complaint;
        let texts = Texts::of(*language);
        writeln!(f, "{} {}", texts.ticket(), self.id)?;
        writeln!(f, "{}: {machine}", texts.server())?;
        writeln!(f, "{}: {}", texts.tried(), texts.operation(*operation))?;
        writeln!(f, "{}:", texts.customer_says())?;
        message.lines().try_for_each(|line| writeln!(f, "  {line}"))
    }
}
