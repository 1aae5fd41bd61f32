//! Selected files whose attributes are not supported (mars-facts 5.11).

use super::{COPYING, Rule};
use crate::items;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let selection = items::examine(scene.host, &scene.config);
    let Some(selection) = selection else {
        return Seen::unchecked("the selected files", "they are too many to be looked at");
    };
    let found = selection.unsupported.iter().take(FINDINGS_MAX).map(|path| {
        Found::cause("file-attribute-unsupported", "exclude-from-backup")
            .about(path.as_str())
            .evidence(format!("{path} has attributes that are not supported"))
    });
    found.collect()
}

/// Whoever has more such files looks for them by what they have in common.
const FINDINGS_MAX: usize = 20;

#[cfg(test)]
mod tests;
