//! The primitive edits of a world.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::Name;
use crate::tracked::FieldPath;

/// One primitive edit, defined on a plain [`World`](crate::World) and, by the lab, on a running one with the same result.
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
