//! [`Product`]: what the agent shows, as data: its messages, which of them it shows where, and what its steps need besides.
//!
//! The agent fails at a step by the result of a call, and knows nothing of this. When an operation has failed, the table is
//! asked once: its rows are tried in order, and the first that [holds](Shown) decides. Where none does, the console shows
//! what Windows, .NET or the server says of it.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::Operation;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::step::Step;

mod message;
mod precondition;
mod shown;
mod version;

pub use message::{Message, MessageId};
pub use precondition::{Need, Precondition};
pub use shown::{SecondLine, Shown, Status};
pub use version::{AgentVersion, AgentVersions};

pub(crate) use precondition::Unmet;
pub(crate) use shown::Failed;

/// A product: messages, rows and preconditions that agree with each other. [`Default`] has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Product {
    messages: BTreeMap<MessageId, Message>,
    shown: Vec<Shown>,
    preconditions: Vec<Precondition>,
}

/// What a file adds to a product: any number of `[[message]]`, `[[shown]]` and `[[precondition]]`, in any order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Additions {
    /// Further messages.
    #[serde(default, rename = "message")]
    pub messages: Vec<Message>,
    /// Further rows, which are tried before those that are there.
    #[serde(default)]
    pub shown: Vec<Shown>,
    /// Further preconditions, which are checked after those that are there.
    #[serde(default, rename = "precondition")]
    pub preconditions: Vec<Precondition>,
}

/// A mistake in [`Additions`], and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`[[{}]]` number {}: {mistake}", table.as_str(), index + 1)]
pub struct ProductError {
    /// The table.
    pub table: ProductTable,
    /// Which of the table's entries it is, counted from 0.
    pub index: usize,
    /// What is wrong.
    pub mistake: ProductMistake,
}

/// One of the lists of [`Additions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductTable {
    /// `[[message]]`
    Message,
    /// `[[shown]]`
    Shown,
    /// `[[precondition]]`
    Precondition,
}

impl ProductTable {
    /// The name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Shown => "shown",
            Self::Precondition => "precondition",
        }
    }
}

/// What can be wrong with [`Additions`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProductMistake {
    /// Two messages have the same id.
    #[error("message `{0}` already exists")]
    Duplicate(MessageId),
    /// The message is unknown.
    #[error("unknown message `{0}`")]
    NoMessage(MessageId),
    /// The operation does not enter the step.
    #[error("`{operation}` does not enter `{step}`")]
    NotEntered {
        /// The operation.
        operation: Operation,
        /// The step.
        step: Step,
    },
    /// An earlier row of the same additions holds wherever this one does.
    #[error("the row is never reached: number {} comes first and matches the same", by + 1)]
    NeverReached {
        /// The earlier row, counted from 0.
        by: usize,
    },
    /// The row holds wherever one of the product does, which would never be reached again.
    #[error(
        "the row takes the place of one that is there and shows `{0}`; name more of what is special about it"
    )]
    Replaces(MessageId),
    /// The place in the answer is not a JSON pointer.
    #[error("`{0}` is not a JSON pointer such as `/ok`")]
    NoPointer(String),
}

impl Product {
    /// The messages by their ids.
    pub const fn messages(&self) -> &BTreeMap<MessageId, Message> {
        &self.messages
    }

    /// The rows in the order in which they are tried.
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// The preconditions in the order in which they are checked.
    pub fn preconditions(&self) -> &[Precondition] {
        &self.preconditions
    }

    /// The product with further messages, rows and preconditions, or all the mistakes in them.
    ///
    /// Added rows come first, so that they can tell a case from others; none may take the place of a row that is there.
    pub fn with(&self, more: Additions) -> Result<Self, Vec<ProductError>> {
        let mut mistakes = Mistakes::default();
        let Additions { messages, shown, preconditions } = more;
        let mut product = self.clone();
        for (index, message) in messages.into_iter().enumerate() {
            let id = message.id.clone();
            if product.messages.insert(id.clone(), message).is_some() {
                mistakes.add(ProductTable::Message, index, ProductMistake::Duplicate(id));
            }
        }
        for (index, row) in shown.iter().enumerate() {
            let found = product.mistakes_in_row(row, shown.get(..index).unwrap_or_default());
            found.into_iter().for_each(|it| mistakes.add(ProductTable::Shown, index, it));
        }
        for (index, precondition) in preconditions.iter().enumerate() {
            let found = product.mistakes_in_precondition(precondition);
            found.into_iter().for_each(|it| mistakes.add(ProductTable::Precondition, index, it));
        }
        mistakes.none()?;
        product.shown.splice(..0, shown);
        product.preconditions.extend(preconditions);
        Ok(product)
    }

    /// The product with its preconditions changed, where it has any: what they name differs from world to world.
    pub fn try_map_preconditions<E>(
        &self,
        change: impl FnMut(&Precondition) -> Result<Precondition, E>,
    ) -> Result<Self, E> {
        let preconditions = self.preconditions.iter().map(change).collect::<Result<_, _>>()?;
        Ok(Self { preconditions, ..self.clone() })
    }

    /// The message for a failure, and the row that decided; none where no row holds.
    pub(crate) fn row(
        &self,
        failed: &Failed<'_>,
        version: &dyn Fn() -> AgentVersion,
    ) -> Option<&Shown> {
        self.shown.iter().find(|row| row.holds(failed, version))
    }

    fn mistakes_in_row(&self, row: &Shown, earlier: &[Shown]) -> Vec<ProductMistake> {
        let mut mistakes = self.unknown(&row.message);
        if let Some(SecondLine::Message(id)) = &row.second_line {
            mistakes.extend(self.unknown(id));
        }
        for step in &row.steps {
            // One row may be for several operations with steps of their own.
            let strangers = not_entered(&row.operations, *step);
            let is_odd = strangers.len() == row.operations.len();
            mistakes.extend(strangers.into_iter().filter(|_| is_odd));
        }
        if let Some(by) = earlier.iter().position(|earlier| earlier.covers(row)) {
            mistakes.push(ProductMistake::NeverReached { by });
        }
        if let Some(hidden) = self.shown.iter().find(|later| row.covers(later)) {
            mistakes.push(ProductMistake::Replaces(hidden.message.clone()));
        }
        mistakes
    }

    fn mistakes_in_precondition(&self, precondition: &Precondition) -> Vec<ProductMistake> {
        let Precondition { operations, step, at, message, .. } = precondition;
        let mut mistakes = self.unknown(message);
        mistakes.extend(not_entered(operations, *step));
        if !(at.is_empty() || at.starts_with('/')) {
            mistakes.push(ProductMistake::NoPointer(at.clone()));
        }
        mistakes
    }

    fn unknown(&self, id: &MessageId) -> Vec<ProductMistake> {
        let is_known = self.messages.contains_key(id);
        if is_known { Vec::new() } else { vec![ProductMistake::NoMessage(id.clone())] }
    }
}

/// Those of the operations that do not enter a step.
fn not_entered(operations: &BTreeSet<Operation>, step: Step) -> Vec<ProductMistake> {
    let strangers = operations.iter().filter(|operation| !step.is_of(**operation));
    strangers.map(|operation| ProductMistake::NotEntered { operation: *operation, step }).collect()
}

#[derive(Default)]
struct Mistakes(Vec<ProductError>);

impl Mistakes {
    fn add(&mut self, table: ProductTable, index: usize, mistake: ProductMistake) {
        self.0.push(ProductError { table, index, mistake });
    }

    fn none(self) -> Result<(), Vec<ProductError>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

#[cfg(test)]
mod tests;
