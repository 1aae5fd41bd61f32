//! What the machine did not let the core read.
//!
//! A rule treats what cannot be read as absent. So that its silence is not taken for a clean bill of health, every call
//! that failed is reported as unchecked. How files, names and connections fail is what rules look at, and is not noted.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use marslab_model::host::{Answer, Call, Hook, HostRead, ReadError};
use marslab_model::{Diagnosis, Unchecked};

use crate::facts::areas;

/// Notes the calls that failed, and why.
#[derive(Debug, Default)]
pub(crate) struct Unread(Mutex<BTreeMap<String, ReadError>>);

impl Unread {
    /// A diagnosis with what was noted.
    pub(crate) fn added_to(&self, mut diagnosis: Diagnosis) -> Diagnosis {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        diagnosis.unchecked.extend(noted.iter().map(|(call, error)| Unchecked {
            what: areas::MACHINE.to_owned(),
            because: format!("{call}: {error}"),
        }));
        diagnosis
    }
}

impl Hook for Unread {
    fn after(&self, _host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        if let Some(error) = answer.read_error() {
            let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            noted.insert(call.to_string(), error);
        }
    }
}

#[cfg(test)]
mod tests;
