//! Selected files whose attributes are not supported (mars-facts 5.11).

use marslab_model::Finding;

use super::{COPYING, Rule};
use crate::facts::areas;
use crate::items;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let selection = items::examine(scene.host, &scene.config);
    let Some(selection) = selection else {
        return RuleOutput::unchecked(areas::SELECTED_FILES, "they are too many to be looked at");
    };
    let found = selection.unsupported.iter().take(FINDINGS_MAX).map(|path| {
        Finding::cause("file-attribute-unsupported", "exclude-from-backup")
            .with_about(path.as_str())
            .with_evidence(format!("{path} has attributes that are not supported"))
    });
    found.collect()
}

/// Whoever has more such files looks for them by what they have in common.
const FINDINGS_MAX: usize = 20;

#[cfg(test)]
mod tests;
