//! A backup task that runs as an account without the rights of an administrator.

use std::collections::BTreeSet;

use marslab_model::Name;

use super::{Rule, SCHEDULED};
use crate::facts::{ADMINISTRATORS, BACKUP_TASK, SYSTEM_NAMES};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(task) = scene.task(BACKUP_TASK) else { return Seen::nothing() };
    if SYSTEM_NAMES.iter().any(|name| task.account == Name::new(*name)) {
        return Seen::nothing();
    }
    let groups =
        scene.host.account(&task.account).ok().flatten().map_or_else(BTreeSet::new, |it| it.groups);
    let found =
        (!ADMINISTRATORS.iter().any(|name| groups.contains(&Name::new(*name)))).then(|| {
            let groups: Vec<&str> = groups.iter().map(Name::as_str).collect();
            Found::cause("task-account-wrong", "set-task-account")
                .about(task.account.as_str())
                .evidence(format!(
                    "{} is in these local groups: {}",
                    task.account,
                    groups.join(", ")
                ))
        });
    found.into()
}

#[cfg(test)]
mod tests;
