//! The primitive edits of a world.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::Name;
use crate::tracked::{ChangeError, FieldPath, Node};
use crate::world::World;

/// One primitive edit, defined on a plain [`World`] and, by the lab, on a running one with the same result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Sets a field, or adds an entry to a map; made by [`Field::set`](crate::tracked::Field::set).
    Set {
        /// The field.
        at: FieldPath,
        /// Its new value.
        to: Value,
    },
    /// Removes an entry from a map; made by [`Field::removed`](crate::tracked::Field::removed).
    Remove {
        /// The entry.
        at: FieldPath,
    },
    /// Restarts a machine; see [`Machine::restart`](crate::world::Machine::restart).
    Restart {
        /// The machine's name.
        machine: Name,
    },
    /// Lets world time pass.
    Elapse {
        /// How many seconds.
        seconds: u32,
    },
}

impl World {
    /// Makes one change. On an error the world is as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), ChangeError> {
        match change {
            Change::Set { at, to } => self.put(&at.parts(), to).map_err(|step| step.at(at, to)),
            Change::Remove { at } => {
                Node::remove(self, &at.parts()).map_err(|step| step.at(at, &Value::Null))
            }
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
    pub fn copy_fields(&mut self, from: &Self, fields: &crate::tracked::Footprint) {
        for field in fields {
            self.copy(from, &field.parts());
        }
    }

    /// The fields in which this world and `other` differ.
    pub fn differences_from(&self, other: &Self) -> crate::tracked::Footprint {
        let mut found = crate::tracked::Footprint::new();
        self.differences(other, FieldPath::root(), &mut found);
        found
    }
}

#[cfg(test)]
mod tests;
