//! Something that is selected for backup and does not exist (mars-facts 1.9, 1.10).

use super::{COPYING, Rule};
use crate::items;
use crate::scene::Scene;
use crate::scratch::is_absent;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let items = items::selected(&scene.config);
    let missing = items.iter().filter(|item| is_absent(scene.host, item));
    let found = missing.map(|item| {
        Found::cause("backup-item-missing", "update-backup-items")
            .about(item.as_str())
            .evidence(format!("{item} is selected for backup and does not exist"))
    });
    found.collect()
}

#[cfg(test)]
mod tests;
