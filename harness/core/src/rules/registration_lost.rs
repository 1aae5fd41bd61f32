//! A server that holds a key of backups, and no registration any more (mars-facts 1.9).

use super::{AFTER_REGISTERING, Rule};
use crate::facts::KEK;
use crate::scene::Scene;
use crate::scratch::is_absent;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AFTER_REGISTERING, look };

fn look(scene: &Scene<'_>) -> Seen {
    if scene.config.is_registered() {
        return Seen::nothing();
    }
    let key = scene.scratch.place().map(|folder| folder.join(KEK));
    // Without a key the server may just not have been registered yet.
    let key = key.filter(|key| !is_absent(scene.host, key));
    let found = key.map(|key| {
        Found::cause("registration-lost", "register-and-configure")
            .evidence(format!("there is {key}, and the registry holds no registration"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
