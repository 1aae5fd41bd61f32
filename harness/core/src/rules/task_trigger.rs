//! A backup task that does not fire.

use super::{Rule, SCHEDULED};
use crate::facts::BACKUP_TASK;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(task) = scene.task(BACKUP_TASK) else {
        return Seen::unchecked(BACKUP_TASK, "there is no such task");
    };
    let flaw = match (task.enabled, task.trigger.enabled) {
        (true, true) => return Seen::nothing(),
        (true, false) => "its trigger is not enabled",
        (false, _) => "the task is not enabled",
    };
    Found::cause("task-trigger-disabled", "enable-task-trigger")
        .about(BACKUP_TASK)
        .evidence(flaw)
        .into()
}

#[cfg(test)]
mod tests;
