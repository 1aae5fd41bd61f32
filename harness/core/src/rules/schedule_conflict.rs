//! Windows Server Backup, scheduled for the same time as the agent.

use marslab_model::Finding;
use marslab_model::host::TaskInfo;

use super::{Rule, SCHEDULED};
use crate::facts::{BACKUP_TASK, SERVER_BACKUP_TASK};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let minute = |path| scene.task(path).and_then(|task| minute(&task));
    let same = minute(BACKUP_TASK).filter(|own| minute(SERVER_BACKUP_TASK) == Some(*own));
    let found = same.map(|_minute| {
        Finding::cause("schedule-conflict", "separate-schedules")
            .with_evidence(format!("{SERVER_BACKUP_TASK} starts in the same minute of the day"))
    });
    found.into()
}

fn minute(task: &TaskInfo) -> Option<u32> {
    (task.enabled && task.trigger.enabled).then_some(task.trigger.minute_of_day)
}

#[cfg(test)]
mod tests;
