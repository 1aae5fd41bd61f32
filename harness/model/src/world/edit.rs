//! Edits of a plain world, and how two worlds differ.

use serde_json::Value;

use super::World;
use crate::change::Change;
use crate::tracked::{ChangeError, FieldPath, Footprint, Node as _, Steps};

impl World {
    /// The field or entry with this path as JSON; nothing where there is none.
    pub fn look(&self, at: &FieldPath) -> Option<Value> {
        crate::tracked::Node::look(self, &at.segments())
    }

    /// Makes one change. On an error the world is as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), ChangeError> {
        match change {
            Change::Set { at, to } => self.put(&at.segments(), to).map_err(|step| step.at(at, to)),
            Change::Remove { at } => crate::tracked::Node::remove(self, &at.segments())
                .map_err(|step| step.at(at, &Value::Null)),
            Change::Restart { machine } => {
                let now = self.now;
                let absent = || {
                    ChangeError::NoField(FieldPath::root().then("machines").then(machine.as_str()))
                };
                self.machines.get_mut(machine).ok_or_else(absent)?.restart(now);
                Ok(())
            }
            Change::Elapse { seconds } => {
                self.now = self
                    .now
                    .saturating_add(jiff::SignedDuration::from_secs(i64::from(*seconds)))
                    .unwrap_or(self.now);
                Ok(())
            }
        }
    }

    /// Makes these fields what they are in `from`; what else there is stays.
    pub fn copy_fields(&mut self, from: &Self, fields: &Footprint) {
        for field in fields {
            self.copy(from, &field.segments());
        }
    }

    /// The fields in which this world and `other` differ.
    pub fn differences_from(&self, other: &Self) -> Footprint {
        let mut found = Footprint::new();
        self.differences(other, &Steps::root(), &mut found);
        found
    }
}

#[cfg(test)]
mod tests;
