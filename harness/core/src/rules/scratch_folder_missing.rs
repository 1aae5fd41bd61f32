//! A scratch folder that does not exist, or whose volume is gone (the English article of 2025: whether the scratch location
//! is valid).

use marslab_model::{Finding, Operation};

use super::{Rule, WITH_KEY};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::{Scratch, is_on_no_volume};

pub(super) const RULE: Rule = Rule { during: WRITING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Scratch::Gone(named) = &scene.scratch else { return RuleOutput::default() };
    let (remedy, why) = if is_on_no_volume(scene.host, named) {
        ("bring-volume-online", "whose volume is not there")
    } else if WITH_KEY.contains(&scene.operation) {
        ("restore-kek", "which does not exist")
    } else {
        // What only writes there makes the folder.
        return RuleOutput::default();
    };
    Finding::cause("scratch-folder-missing", remedy)
        .with_about(named.as_str())
        .with_evidence(format!("ScratchLocation is {named}, {why}"))
        .into()
}

/// What writes into the folder.
const WRITING: &[Operation] = &[
    Operation::Activate,
    Operation::Backup,
    Operation::ScheduledBackup,
    Operation::SetPassphrase,
    Operation::Restore,
];

#[cfg(test)]
mod tests;
