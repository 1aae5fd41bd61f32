//! A user who may not do what the download or the registration needs.

use super::{PORTAL, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    // One finding: the roles that lack one of the actions mostly lack the others, too, and one grant cures all.
    let denied = scene.portal.iter().find_map(|portal| portal.denied.first());
    let found = denied.map(|action| {
        Found::cause("permission-missing", "grant-backup-role")
            .about(action)
            .evidence(format!("the user's roles do not allow {action}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
