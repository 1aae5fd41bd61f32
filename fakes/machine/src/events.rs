//! The event logs.

use marslab_model::Name;
use marslab_model::world::EventRecord;

use super::FakeMachine;

impl FakeMachine {
    /// Adds a record to a log, and drops the oldest where there are too many.
    pub(super) fn write_event(&self, log: &Name, source: &str, id: u32, message: &str) {
        let (source, message) = (source.to_owned(), message.to_owned());
        let record = EventRecord { at: self.stamp().here, id, source, message };
        self.edit(|machine| {
            machine.events().at_or_insert(log.clone(), Vec::new()).push(record, EVENTS_MAX);
        });
    }
}

/// Where Windows itself writes.
pub(super) const SYSTEM_LOG: &str = "System";

/// How many records a log keeps, the newest ones: a play writes some ten.
const EVENTS_MAX: usize = 2_000;

#[cfg(test)]
mod tests;
