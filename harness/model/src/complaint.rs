//! What an operation ended with, and what a customer tells of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Name;
use crate::operation::Operation;
use crate::world::Language;

/// How an operation ended, as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It did what it was asked for.
    Succeeded,
    /// It did not.
    Failed(Symptom),
}

/// What the console shows of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Symptom {
    /// The error's number as the product prints it (`34513`, `0x1FC07`), or the name of a message without one.
    pub error: String,
    /// The text on the console, in the machine's language.
    pub message: String,
}

/// What a customer tells the diagnostic core: what the console shows, or their own words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Complaint {
    /// The version of this document's shape; 1.
    pub version: u32,
    /// The machine that complains.
    pub machine: Name,
    /// What was tried.
    pub operation: Operation,
    /// The message that the console showed, the customer's question, or what they say in their own words: a number, half a
    /// sentence, another language.
    pub message: String,
    /// The language of the machine and of what its console shows.
    pub language: Language,
}

impl Complaint {
    /// The version that this build writes.
    pub const VERSION: u32 = 1;
}
