//! What is kept of a training: what was typed and printed, and at its end which scenario it was.

use jiff::Timestamp;
use marslab_model::world::Language;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::debrief::Debrief;
use crate::ticket::Ticket;

/// The record of a training. Until it has ended, it names neither scenario nor seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Record {
    /// The version of this document's shape: 1.
    pub version: u32,
    /// The language of the machine.
    pub language: Language,
    /// The time limit, in seconds.
    pub limit_seconds: Option<u64>,
    /// The ticket.
    pub ticket: Ticket,
    /// What was typed, in order.
    pub entries: Vec<Entry>,
    /// How it ended, and what it was; nothing before the end.
    pub revealed: Option<Box<Debrief>>,
}

/// A line that was typed, and what it printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    /// How many seconds of real time had passed.
    pub after_seconds: u64,
    /// What time it was in the world.
    pub world: Timestamp,
    /// What stood before the line.
    pub prompt: String,
    /// The line.
    pub typed: String,
    /// What it printed; the end of it is left out where it is long.
    pub printed: String,
}

/// Why a record cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It is larger than any record.
    #[error("it is larger than {} MiB", BYTES_MAX >> 20)]
    TooLarge,
    /// It is no record.
    #[error("it is not a record of a training: {0}")]
    Bad(#[from] serde_json::Error),
    /// It was written by another version.
    #[error("its version is {0}; this build reads version {VERSION}")]
    Version(u32),
}

impl Record {
    /// An empty one.
    pub fn new(ticket: Ticket, language: Language, limit_seconds: Option<u64>) -> Self {
        let (entries, revealed) = (Vec::new(), None);
        Self { version: VERSION, language, limit_seconds, ticket, entries, revealed }
    }

    /// Reads one, of at most [`BYTES_MAX`] bytes.
    pub fn read(text: &str) -> Result<Self, RecordError> {
        if text.len() > BYTES_MAX {
            return Err(RecordError::TooLarge);
        }
        let version: Version = serde_json::from_str(text)?;
        if version.version != VERSION {
            return Err(RecordError::Version(version.version));
        }
        Ok(serde_json::from_str(text)?)
    }

    /// The text of its file.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Adds what was typed, as long as there is room.
    pub(crate) fn add(&mut self, mut entry: Entry) {
        shorten(&mut entry.typed, TYPED_MAX);
        shorten(&mut entry.printed, PRINTED_MAX);
        if self.entries.len() < ENTRIES_MAX {
            self.entries.push(entry);
        }
    }
}

/// What every version has.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

fn shorten(text: &mut String, most: usize) {
    if text.len() > most {
        let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        text.truncate(end);
        text.push_str("…\n");
    }
}

const VERSION: u32 = 1;

/// As many bytes as a record may have.
pub const BYTES_MAX: usize = 64 << 20;

const ENTRIES_MAX: usize = 2_000;

const TYPED_MAX: usize = 2_048;

const PRINTED_MAX: usize = 8_192;
