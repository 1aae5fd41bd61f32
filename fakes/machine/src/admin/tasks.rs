//! Scheduled tasks, as an administrator's programs change them.

use std::collections::BTreeSet;

use marslab_model::Name;
use marslab_model::admin::{TaskAdmin, TaskError};
use marslab_model::host::{Cmdlet, TriggerInfo};
use marslab_model::world::Trigger;

use crate::FakeMachine;

impl TaskAdmin for FakeMachine {
    fn task_names(&self) -> BTreeSet<Name> {
        self.look(|machine| machine.tasks().get().keys().cloned().collect()).unwrap_or_default()
    }

    fn enable_task(&self, name: &Name) -> bool {
        self.edit(|machine| machine.tasks().at(name).enabled().set(true));
        self.has_task(name)
    }

    fn disable_task(&self, name: &Name) -> bool {
        self.edit(|machine| machine.tasks().at(name).enabled().set(false));
        self.has_task(name)
    }

    fn set_task_trigger(&self, name: &Name, id: Option<&Name>, trigger: &TriggerInfo) -> bool {
        let TriggerInfo { enabled, minute_of_day } = *trigger;
        let set = Trigger { enabled, minute_of_day };
        self.edit(|machine| {
            let mut tasks = machine.tasks();
            let mut task = tasks.at(name);
            match id {
                None => task.trigger().set(set),
                Some(id) => task.more_triggers().insert(id.clone(), set),
            }
        });
        self.has_task(name)
    }

    fn set_task_account(&self, name: &Name, account: &Name) -> bool {
        self.edit(|machine| machine.tasks().at(name).account().set(account.clone()));
        self.has_task(name)
    }

    fn run_task_now(&self, name: &Name) -> Result<Vec<Cmdlet>, TaskError> {
        let is_enabled =
            self.look(|machine| machine.tasks().at(name).map(|task| *task.enabled().get()));
        match is_enabled.flatten() {
            None => Err(TaskError::Missing),
            Some(_) if !self.has_scheduler() => Err(TaskError::NoScheduler),
            Some(false) => Err(TaskError::Disabled),
            Some(true) => Ok(self.run_task(name)),
        }
    }
}

impl FakeMachine {
    fn has_task(&self, name: &Name) -> bool {
        self.look(|machine| machine.tasks().at(name).is_some()).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests;
