//! A backup task that does not fire.

use marslab_model::Finding;

use super::{Rule, SCHEDULED};
use crate::facts::BACKUP_TASK;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(task) = scene.task(BACKUP_TASK) else {
        return RuleOutput::unchecked(
            areas::MACHINE,
            format!("the task {BACKUP_TASK} does not exist"),
        );
    };
    let flaw = match (task.enabled, task.trigger.enabled) {
        (true, true) => return RuleOutput::default(),
        (true, false) => "its trigger is not enabled",
        (false, _) => "the task is not enabled",
    };
    Finding::cause("task-trigger-disabled", "enable-task-trigger")
        .with_about(BACKUP_TASK)
        .with_evidence(flaw)
        .into()
}

#[cfg(test)]
mod tests;
