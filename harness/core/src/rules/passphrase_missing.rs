//! A registered server on which no passphrase was ever set (mars-facts 1.10).

use super::{COPYING, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let is_missing = scene.config.is_registered() && scene.config.key_verifier.is_none();
    let found = is_missing.then(|| {
        Found::cause("passphrase-not-set", "set-passphrase")
            .evidence("the registry holds a registration, and nothing of a passphrase")
    });
    found.into()
}

#[cfg(test)]
mod tests;
