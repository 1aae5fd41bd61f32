//! A scratch folder that does not exist, or whose volume is gone (the English article of 2025: whether the scratch location
//! is valid).

use marslab_model::Finding;

use super::{AFTER_REGISTERING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::{Scratch, is_on_no_volume};

pub(super) const RULE: Rule = Rule { during: AFTER_REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Scratch::Gone(named) = &scene.scratch else { return RuleOutput::nothing() };
    let (remedy, why) = if is_on_no_volume(scene.host, named) {
        ("bring-volume-online", "whose volume is not there")
    } else {
        ("restore-kek", "which does not exist")
    };
    Finding::cause("scratch-folder-missing", remedy)
        .with_about(named.as_str())
        .with_evidence(format!("ScratchLocation is {named}, {why}"))
        .into()
}

#[cfg(test)]
mod tests;
