//! A backup task that comes due twice in one minute and starts a second instance beside the first (mars-facts E7).

use std::collections::BTreeSet;

use marslab_model::Finding;
use marslab_model::host::TriggerInfo;
use marslab_model::world::IfRunning;

use super::{Rule, SCHEDULED};
use crate::facts::BACKUP_TASK;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(task) = scene.task(BACKUP_TASK) else { return RuleOutput::default() };
    let triggers = [&task.trigger].into_iter().chain(task.more_triggers.values());
    let due: Vec<u32> = triggers.filter(|it| it.enabled).map(minute).collect();
    let is_twice = due.iter().collect::<BTreeSet<_>>().len() < due.len();
    let found = (task.if_running == IfRunning::Parallel && is_twice).then(|| {
        Finding::cause("task-instances-parallel", "start-no-second-instance").with_evidence(
            "the task has two triggers for one minute, and runs new instances in parallel",
        )
    });
    found.into()
}

fn minute(trigger: &TriggerInfo) -> u32 {
    trigger.minute_of_day
}

#[cfg(test)]
mod tests;
