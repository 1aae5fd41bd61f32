//! What the console shows of an operation that failed, and the history of jobs with it.

use marslab_model::{HostControl, Name, Operation, Symptom};

use crate::engine;
use crate::operations::set_passphrase::passphrase_file;
use crate::product::{AgentVersion, Failed, Message, Product, SecondLine};
use crate::step::Step;
use crate::step_error::{StepError, of_status};

/// Where an operation shows how it ended.
pub(crate) struct Console<'a> {
    pub(crate) product: &'a Product,
    pub(crate) operation: Operation,
    pub(crate) host: &'a dyn HostControl,
    pub(crate) user: &'a Name,
}

impl Console<'_> {
    /// What is shown of a failure, in the machine's language. Where the product has no message for it, that is what Windows,
    /// .NET or the server says of it.
    pub(crate) fn symptom(&self, step: Option<Step>, error: &StepError) -> Symptom {
        let Some((message, second_line)) = self.message(step, error) else {
            return Symptom { error: error.kind().to_string(), message: error.text() };
        };
        let mut text = message.text.in_language(self.host.language()).to_owned();
        if let Some(line) = second_line.and_then(|line| self.second_line(line, error)) {
            text.push('\n');
            text.push_str(&line);
        }
        Symptom { error: message.id.to_string(), message: text }
    }

    /// The number of the message for a failure; 0 where it has none.
    pub(crate) fn number(&self, step: Option<Step>, error: &StepError) -> u32 {
        self.message(step, error).map_or(0, |(message, _)| message.number())
    }

    fn message(
        &self,
        step: Option<Step>,
        error: &StepError,
    ) -> Option<(&Message, Option<&SecondLine>)> {
        let messages = self.product.messages();
        if let StepError::Precondition(unmet) = error {
            return Some((messages.get(&unmet.message)?, None));
        }
        let failed = Failed { operation: self.operation, step, error };
        let version = || AgentVersion::installed(&engine::version(self.host).unwrap_or_default());
        let row = self.product.row(&failed, &version)?;
        Some((messages.get(&row.message)?, row.second_line.as_ref()))
    }

    fn second_line(&self, line: &SecondLine, error: &StepError) -> Option<String> {
        match line {
            SecondLine::Message(id) => {
                let message = self.product.messages().get(id)?;
                Some(message.text.in_language(self.host.language()).to_owned())
            }
            SecondLine::Status => error.status().map(of_status),
            SecondLine::Hresult => Some(format!("(0x{:08x})", error.hresult())),
            SecondLine::Win32 => Some(format!("({})", error.hresult() & 0xffff)),
            SecondLine::PassphraseFile => Some(passphrase_file(self.host, self.user).to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
