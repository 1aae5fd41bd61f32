//! What is recorded of a beat.

use std::sync::Arc;

use marslab_model::Outcome;
use marslab_model::tracked::Footprint;
use marslab_state::JournalEntry;

use super::ask::Answer;
use crate::changed_field::ChangedField;
use crate::event::{AppliedChange, BeatRecord, Expected};
use crate::verdict::Beat;

impl AppliedChange {
    pub(super) fn new(
        name: &str,
        (changed, fields): (&Footprint, Vec<ChangedField>),
        read: &Footprint,
    ) -> Self {
        let paths = |footprint: &Footprint| footprint.iter().map(ToString::to_string).collect();
        Self { name: name.to_owned(), changed: paths(changed), read: paths(read), fields }
    }
}

impl BeatRecord {
    pub(super) fn of(beat: Beat, outcome: Option<Outcome>, said: Vec<JournalEntry>) -> Self {
        let (done, wire) = (Vec::new(), Vec::new());
        let mut story = Self {
            beat,
            done,
            outcome,
            stopped_at: None,
            wire,
            in_the_way: Vec::new(),
            twin: None,
            past: None,
            said: Vec::new(),
            complaint: None,
            expected: None,
            diagnosis: None,
            trace: None,
        };
        story.set_traffic(said);
        story
    }

    pub(super) fn set_traffic(&mut self, said: Vec<JournalEntry>) {
        self.wire = said.iter().map(wire_line).collect();
        self.said = said;
    }

    /// What the subject was to find, what it asked, and what it found, if it said anything.
    pub(super) fn answered(&mut self, expected: Expected, answer: &Answer) {
        self.trace = Some(Arc::clone(&answer.trace));
        if let Ok(diagnosis) = &answer.said {
            self.expected = Some(Box::new(expected));
            self.diagnosis = Some(diagnosis.clone());
        }
    }
}

pub(super) fn wire_line(said: &JournalEntry) -> String {
    format!("{}: {} → {}", said.to, said.what, said.answer)
}
