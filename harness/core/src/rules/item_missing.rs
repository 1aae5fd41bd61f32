//! Something that is selected for backup and does not exist (mars-facts 1.9, 1.10).

use marslab_model::Finding;

use super::{COPYING, Rule};
use crate::items;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::is_absent;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let items = items::selected(&scene.config);
    let missing = items.iter().filter(|item| is_absent(scene.host, item));
    let found = missing.map(|item| {
        Finding::cause("backup-item-missing", "update-backup-items")
            .with_about(item.as_str())
            .with_evidence(format!("{item} is selected for backup, but does not exist"))
    });
    found.collect()
}

#[cfg(test)]
mod tests;
