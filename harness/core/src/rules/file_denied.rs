//! Selected files from which an access list keeps the engine (mars-facts 1.9, 0x80070005).

use marslab_model::host::FileError;

use super::{COPYING, Rule};
use crate::items;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(unreadable) = items::unreadable(scene.host, &scene.config) else {
        return Seen::unchecked("the selected files", "they are too many to be looked at");
    };
    let ours = unreadable.iter().filter(|(_, error)| *error == FileError::AccessDenied);
    let found = ours.take(FINDINGS_MAX).map(|(path, error)| {
        Found::cause("file-access-denied", "grant-file-access")
            .about(path.as_str())
            .evidence(format!("SYSTEM cannot read {path}: {error}"))
    });
    found.collect()
}

/// Whoever has more such files looks for them by what they have in common.
const FINDINGS_MAX: usize = 20;

#[cfg(test)]
mod tests;
