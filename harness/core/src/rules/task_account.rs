//! A backup task that runs as an account without the rights of an administrator.

use std::collections::BTreeSet;

use marslab_model::{Finding, Name};

use super::{Rule, SCHEDULED};
use crate::facts::{ADMINISTRATORS, BACKUP_TASK, SYSTEM_NAMES};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(task) = scene.task(BACKUP_TASK) else { return RuleOutput::default() };
    if SYSTEM_NAMES.iter().any(|name| task.account == Name::new(*name)) {
        return RuleOutput::default();
    }
    let groups =
        scene.host.account(&task.account).ok().flatten().map_or_else(BTreeSet::new, |it| it.groups);
    let found =
        (!ADMINISTRATORS.iter().any(|name| groups.contains(&Name::new(*name)))).then(|| {
            let groups: Vec<&str> = groups.iter().map(Name::as_str).collect();
            Finding::cause("task-account-wrong", "set-task-account")
                .with_about(task.account.as_str())
                .with_evidence(format!(
                    "{} is in these local groups: {}",
                    task.account,
                    groups.join(", ")
                ))
        });
    found.into()
}

#[cfg(test)]
mod tests;
