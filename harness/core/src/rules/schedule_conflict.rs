//! Windows Server Backup, scheduled for the same time as the agent.

use marslab_model::Name;
use marslab_model::world::Task;

use super::{Rule, SCHEDULED};
use crate::facts::{BACKUP_TASK, SERVER_BACKUP_TASK};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> Seen {
    let minute = |path| scene.host.task(&Name::new(path)).and_then(|task| minute(&task));
    let same = minute(BACKUP_TASK).filter(|own| minute(SERVER_BACKUP_TASK) == Some(*own));
    let found = same.map(|minute| {
        let (hour, minute) = (minute / 60, minute % 60);
        Found::cause("schedule-conflict", "separate-schedules")
            .evidence(format!("{SERVER_BACKUP_TASK} starts at {hour:02}:{minute:02}, too"))
    });
    found.into()
}

fn minute(task: &Task) -> Option<u32> {
    (task.enabled && task.trigger.enabled).then_some(task.trigger.minute_of_day)
}

#[cfg(test)]
mod tests;
